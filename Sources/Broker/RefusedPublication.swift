/// A publication the broker answered with a reason for not taking it (MQTT 5, 3.4.2.1).
package struct RefusedPublication: Sendable, Hashable {
    /// The number `publish` returned for it.
    package let mid: Int32
    /// From 128 on: 135 not authorized, 144 topic name invalid, 151 quota exceeded, and so on.
    package let reason: Int32
}
