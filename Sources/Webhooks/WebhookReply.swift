/// What a target said to a message.
package struct WebhookReply: Sendable {
    package let answer: WebhookAnswer
    /// Nil where there was no answer.
    package let status: Int?
    /// The beginning of its text, fit to be printed.
    package let excerpt: String
    /// How long it took, in milliseconds.
    package let duration: Int64
}
