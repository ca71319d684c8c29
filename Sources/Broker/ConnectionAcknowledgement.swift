/// The broker's CONNACK (MQTT 5, 3.2). A property the broker did not send is nil and means its default.
package struct ConnectionAcknowledgement: Sendable, Hashable {
    /// 0 accepted; otherwise why not.
    package var reasonCode: Int32
    /// Whether the broker still had this client's session, with its subscriptions and backlog.
    package var sessionPresent: Bool
    /// Seconds the broker keeps the session, where they differ from those asked for.
    package var sessionExpiry: UInt32?
    /// How many QoS 1 publications the broker takes before the first is acknowledged; default 65535.
    package var receiveMaximum: UInt16?
    /// The highest QoS the broker offers; default 2.
    package var maximumQoS: UInt8?
    /// Whether the broker keeps retained messages; default yes.
    package var retainAvailable: Bool?
    /// Seconds, where the broker overrules the keep-alive asked for.
    package var serverKeepAlive: UInt16?
    /// Bytes of the largest packet the broker takes; default no limit.
    package var maximumPacketSize: UInt32?

    package init(reasonCode: Int32 = 0, sessionPresent: Bool = false) {
        self.reasonCode = reasonCode
        self.sessionPresent = sessionPresent
    }
}
