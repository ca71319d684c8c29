import Foundation

/// What a webhook's messages are signed with: a secret a line of a file, two while the receivers change over.
package struct WebhookSecrets: Hashable, Sendable {
    /// Why a file holds no secrets, as the end of a sentence that begins with its path.
    package struct Problem: Error, CustomStringConvertible {
        package let description: String
    }

    package static let bound = 2
    package static let fileForm =
        "a file of one secret, or two a line each while receivers change over, that hazardd's user alone reads: "
        + "(umask 077; openssl rand -base64 32 > FILE)"

    /// How secrets are handed out by the Standard Webhooks scheme: the rest is Base64 of the key's bytes.
    private static let prefix = "whsec_"

    /// Bytes of HMAC keys, in the file's order.
    package let keys: [[UInt8]]

    /// Reads a file's bytes. A line is the key itself, or `whsec_` and its bytes in Base64.
    package init(_ text: [UInt8]) throws(Problem) {
        let lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        guard !lines.isEmpty else { throw Problem(description: "is empty") }
        guard lines.count <= WebhookSecrets.bound else {
            throw Problem(description: "has \(lines.count) lines that are not empty")
        }
        var keys: [[UInt8]] = []
        for line in lines {
            guard line.hasPrefix(WebhookSecrets.prefix) else {
                keys.append(Array(line.utf8))
                continue
            }
            guard let key = Data(base64Encoded: String(line.dropFirst(WebhookSecrets.prefix.count))), !key.isEmpty
            else { throw Problem(description: "has a line that begins with whsec_ and goes on with no Base64") }
            keys.append(Array(key))
        }
        self.keys = keys
    }

    /// Opens and reads a file.
    package init(file: String) throws(Problem) {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        } catch {
            throw Problem(description: "cannot be read by this user")
        }
        try self.init([UInt8](bytes))
    }
}
