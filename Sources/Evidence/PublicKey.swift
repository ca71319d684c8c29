package import Crypto
package import Foundation
import Store

/// The public half of a key that signs seals: what a witness needs.
package struct PublicKey: Sendable, Hashable {
    /// The 32 bytes of the key.
    package let bytes: Data

    /// What precedes the key in its usual wrapping (RFC 8410 section 4, SubjectPublicKeyInfo).
    private static let wrapping = Data([0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00])

    package init(_ key: Curve25519.Signing.PublicKey) {
        bytes = key.rawRepresentation
    }

    /// Nil unless there are 32 bytes.
    package init?(bytes: Data) {
        guard bytes.count == 32 else { return nil }
        self.bytes = Data(bytes)
    }

    /// Reads a PEM file, as `pem` writes it and other programs do.
    package init?(pem: String) {
        let lines = pem.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        guard lines.first == "-----BEGIN PUBLIC KEY-----", lines.last == "-----END PUBLIC KEY-----",
            let wrapped = Data(base64Encoded: lines.dropFirst().dropLast().joined()),
            wrapped.starts(with: PublicKey.wrapping)
        else { return nil }
        self.init(bytes: wrapped.dropFirst(PublicKey.wrapping.count))
    }

    package var pem: String {
        let text = (PublicKey.wrapping + bytes).base64EncodedString()
        return "-----BEGIN PUBLIC KEY-----\n\(text)\n-----END PUBLIC KEY-----\n"
    }

    /// What seals name the key by: the first 16 hexadecimal digits of its SHA-256.
    package var identifier: String {
        String(Data(SHA256.hash(data: bytes)).hexadecimal.prefix(16))
    }

    package func isValid(_ signature: Data, over text: String) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
        return key.isValidSignature(signature, for: Data(text.utf8))
    }
}
