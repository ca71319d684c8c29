/// One refused input: what came, where from, and why it was not used.
package struct QuarantineEntry: Sendable, Hashable {
    /// UTC milliseconds.
    package let receivedAt: Int64
    package let topic: String
    /// One word: `unparseable`, `oversize`, `conflict`, `value`, `retained`.
    package let reason: String
    /// What was found and what would be right.
    package let detail: String
    /// The first 4 KiB of the message.
    package let excerpt: [UInt8]

    /// The most entries one burst keeps; what is refused beyond is counted only.
    package static let burstLimit = 1_000
    /// The longest excerpt kept, in bytes.
    package static let excerptLimit = 4_096

    package init(receivedAt: Int64, topic: String, reason: String, detail: String, excerpt: [UInt8]) {
        self.receivedAt = receivedAt
        self.topic = topic
        self.reason = reason
        self.detail = detail
        self.excerpt = excerpt
    }
}
