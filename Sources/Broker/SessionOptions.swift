/// Everything a session needs to know before it connects.
package struct SessionOptions: Sendable {
    /// The version of MQTT spoken.
    package enum ProtocolVersion: Sendable {
        case v5
        case v311
    }

    /// Names the session at the broker. A second connection with the same name ends the first.
    package var clientID: String
    /// The brokers to try, in this order.
    package var urls: [BrokerAddress]
    package var protocolVersion: ProtocolVersion
    /// Whether the broker forgets what it kept for this client before. Ingest says false.
    package var cleanStart: Bool
    /// Seconds the broker keeps the session after the connection has gone; MQTT 5 only. 4294967295: for ever.
    package var sessionExpiry: UInt32
    /// How many QoS 1 messages the broker may send before the first is acknowledged; MQTT 5 only. The size of
    /// the largest burst that one commit can cover.
    package var receiveMaximum: UInt16
    /// Seconds; 0, or 5 to 65535.
    package var keepAlive: Int
    package var username: String?
    /// The password itself, already read from its file. Never part of an error.
    package var password: String?
    /// Used with addresses that ask for TLS.
    package var tls: TLSFiles
    package var will: Will?
    /// Payloads longer than this are kept only in part (see `MessageArena`). Deliberately not told to the broker:
    /// MQTT 5 has it drop what exceeds a stated maximum packet size, and nobody would know.
    package var maximumMessageBytes: Int
    /// Milliseconds for each of: reaching the address, and TLS with the broker's answer.
    package var connectTimeout: Int

    package init(
        clientID: String,
        urls: [BrokerAddress],
        protocolVersion: ProtocolVersion = .v5,
        cleanStart: Bool = true,
        sessionExpiry: UInt32 = 0,
        receiveMaximum: UInt16 = 20_000,
        keepAlive: Int = 30,
        username: String? = nil,
        password: String? = nil,
        tls: TLSFiles = TLSFiles(),
        will: Will? = nil,
        maximumMessageBytes: Int = 1_048_576,
        connectTimeout: Int = 5_000
    ) {
        self.clientID = clientID
        self.urls = urls
        self.protocolVersion = protocolVersion
        self.cleanStart = cleanStart
        self.sessionExpiry = sessionExpiry
        self.receiveMaximum = receiveMaximum
        self.keepAlive = keepAlive
        self.username = username
        self.password = password
        self.tls = tls
        self.will = will
        self.maximumMessageBytes = maximumMessageBytes
        self.connectTimeout = connectTimeout
    }
}
