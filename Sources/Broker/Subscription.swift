/// A topic filter asked for, and how.
package struct Subscription: Sendable, Hashable {
    package var topic: String
    /// The highest QoS wanted, 0 or 1. 2 is not offered: its handshake would end in memory only.
    package var qos: Int32
    /// Retained messages come only if the subscription is new to the session, so that a reconnect does not repeat
    /// them (MQTT 5, 3.8.3.1; ignored by 3.1.1).
    package var retainHandlingNew: Bool
    /// What this client publishes does not come back to it (MQTT 5 only).
    package var noLocal: Bool
    /// Messages keep the retain flag they were published with, also those that come live (MQTT 5, 3.8.3.1; ignored by
    /// 3.1.1, where only messages that were retained before the subscription carry the flag).
    package var retainAsPublished: Bool

    package init(
        topic: String, qos: Int32 = 1, retainHandlingNew: Bool = false, noLocal: Bool = false,
        retainAsPublished: Bool = false
    ) {
        self.topic = topic
        self.qos = qos
        self.retainHandlingNew = retainHandlingNew
        self.noLocal = noLocal
        self.retainAsPublished = retainAsPublished
    }
}
