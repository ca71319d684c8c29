/// The message the broker publishes for a client that vanished without saying goodbye (MQTT 5, 3.1.2.5).
package struct Will: Sendable {
    package var topic: String
    package var payload: [UInt8]
    /// 0 or 1.
    package var qos: Int32
    package var retain: Bool

    package init(topic: String, payload: [UInt8], qos: Int32 = 1, retain: Bool = true) {
        self.topic = topic
        self.payload = payload
        self.qos = qos
        self.retain = retain
    }
}
