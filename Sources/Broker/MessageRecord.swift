/// Where one message stands in a `MessageArena`, and what its header said. Ranges are byte offsets into the arena.
package struct MessageRecord: Sendable {
    package let topic: Range<Int>
    /// The bytes kept: the whole payload, or the first `MessageArena.oversizeKept` of an oversize one.
    package let payload: Range<Int>
    /// The payload's length as it was sent.
    package let fullLength: Int
    package let qos: Int32
    /// Sent because it was retained, not because it was just published.
    package let retained: Bool
    /// Longer than the session's `maximumMessageBytes`.
    package let oversize: Bool
    /// Empty where the sender named none (MQTT 5 only).
    package let responseTopic: Range<Int>
    /// Empty where the sender gave none (MQTT 5 only).
    package let correlation: Range<Int>
}
