/// Why no part of a message can be used.
package struct DecodingFault: Error, Hashable, Sendable {
    /// A sentence without a full stop that names what was found and what would be right; kept with the quarantined
    /// message.
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}
