import Foundation

/// Where events are posted to: `https://` or `http://`, without a user part.
package struct WebhookURL: Hashable, Sendable, CustomStringConvertible {
    package static let form = "https://HOST[:PORT]/PATH or http://HOST[:PORT]/PATH, without a user part"

    /// As written. What follows `?` may be a secret of the receiver's: for requests only, never for a log.
    package let text: String
    /// The same without what follows the path.
    package let description: String
    package let isEncrypted: Bool

    package init?(_ text: String) {
        // Foundation repairs what is no URL by percent-encoding it; whoever wrote it meant something else.
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let parts = URLComponents(string: text),
            let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = parts.host, !host.isEmpty, parts.user == nil, parts.password == nil, parts.fragment == nil,
            parts.port.map({ (1...65_535).contains($0) }) ?? true
        else { return nil }
        self.text = text
        description = String(text.prefix { $0 != "?" })
        isEncrypted = scheme == "https"
    }

    init?(_ field: Field) {
        guard let text = field.text(valid: WebhookURL.form) else { return nil }
        guard let url = WebhookURL(text) else {
            // A URL with a user part or a query would carry a password into logs.
            let isTelling = text.contains("@") || text.contains("?")
            field.fault(isTelling ? "is no such URL, or has a user part" : "is \"\(text)\"", valid: WebhookURL.form)
            return nil
        }
        self = url
    }
}
