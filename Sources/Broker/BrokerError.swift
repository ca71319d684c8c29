/// What went wrong between this client and a broker.
package struct BrokerError: Error, Sendable, CustomStringConvertible {
    /// libmosquitto's code, or from 128 on the reason the broker gave (MQTT 5, 2.4). 0 for faults found before either.
    package let code: Int32
    /// A sentence naming the broker's address and the client, what was wrong and what would be right. No secrets.
    package let context: String

    package init(code: Int32, context: String) {
        self.code = code
        self.context = context
    }

    /// Whether the message itself cannot be sent, so that trying again over another connection would not help.
    package var isAboutMessage: Bool {
        // MOSQ_ERR_INVAL, PAYLOAD_SIZE, MALFORMED_UTF8, OVERSIZE_PACKET
        [3, 9, 18, 25].contains(code)
    }

    package var description: String {
        context
    }
}
