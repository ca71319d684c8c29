import Crypto
package import Foundation

/// An Ed25519 key that signs seals.
package struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    package init() {
        key = Curve25519.Signing.PrivateKey()
    }

    /// - Parameter seed: the 32 bytes of the private key.
    package init(seed: Data) throws {
        key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
    }

    package var seed: Data { key.rawRepresentation }

    package var publicKey: PublicKey { PublicKey(key.publicKey) }

    package func signature(over text: String) throws -> Data {
        try key.signature(for: Data(text.utf8))
    }
}
