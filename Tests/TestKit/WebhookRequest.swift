/// A request as a webhook's receiver got it.
package struct WebhookRequest: Decodable, Sendable {
    /// UTC milliseconds.
    package let at: Int64
    package let path: String
    /// Names in lower case.
    package let headers: [String: String]
    package let body: String
    /// What the receiver did then.
    package let behaviour: String

    package var id: String { headers["webhook-id"] ?? "" }
}
