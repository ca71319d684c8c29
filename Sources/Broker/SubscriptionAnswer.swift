/// The broker's SUBACK to one subscription.
package struct SubscriptionAnswer: Sendable, Hashable {
    /// The number `subscribe` returned for it.
    package let mid: Int32
    /// The granted QoS, or a reason from 128 on when the broker refused (MQTT 5, 3.9.3).
    package let codes: [Int32]

    /// Whether any filter was refused.
    package var isRefused: Bool {
        codes.contains { $0 >= 128 }
    }
}
