import Foundation
package import Store

/// The key that signs now, and the record that introduces it where the chain does not know it yet.
package struct KeyRing: Sendable {
    package let key: SigningKey
    /// To be committed before the first seal; nil if the chain knows the key.
    package let introduction: ChainRecord?

    /// Takes the key that the chain named last, or makes one: the first, or one after a private key was lost.
    package init(_ folder: KeyFolder, known: [String]) throws {
        let last = try known.last.map { try KeyRecord(body: $0) }
        if let last, let bytes = Data(base64Encoded: last.publicKey), let publicKey = PublicKey(bytes: bytes),
            let key = try folder.key(publicKey.identifier)
        {
            self.key = key
            introduction = nil
            return
        }
        key = SigningKey()
        try folder.keep(key)
        introduction = try KeyRecord(
            publicKey: key.publicKey.bytes.base64EncodedString(), previous: nil, endorsement: nil
        ).record
    }

    /// A new key, vouched for by this one.
    package func rotated(_ folder: KeyFolder) throws -> KeyRing {
        let fresh = SigningKey()
        try folder.keep(fresh)
        let text = fresh.publicKey.bytes.base64EncodedString()
        let record = KeyRecord(
            publicKey: text, previous: key.publicKey.identifier,
            endorsement: try key.signature(over: text).base64EncodedString())
        return KeyRing(key: fresh, introduction: try record.record)
    }

    private init(key: SigningKey, introduction: ChainRecord?) {
        self.key = key
        self.introduction = introduction
    }
}
