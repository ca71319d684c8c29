import Crypto
import Foundation
import Settings

/// The signature of a message, by the Standard Webhooks scheme: HMAC-SHA256 of `id.timestamp.body`.
enum WebhookSignature {
    /// The header's text: `v1,` and Base64, once for each secret, separated by blanks.
    /// - Parameter timestamp: UTC seconds, as the header beside it says.
    static func text(id: String, timestamp: Int64, body: String, secrets: WebhookSecrets) -> String {
        let signed = Data("\(id).\(timestamp).\(body)".utf8)
        return secrets.keys.map { key in
            let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: key))
            return "v1," + Data(code).base64EncodedString()
        }.joined(separator: " ")
    }
}
