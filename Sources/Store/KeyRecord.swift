import Foundation

/// Says which key signs seals from here on. One that follows another is vouched for by it.
package struct KeyRecord: Codable, Sendable, Hashable {
    /// The 32 bytes of the Ed25519 public key, base64.
    package var publicKey: String
    /// The key before, by its identifier; nil for the first, or where the old private key was lost.
    package var previous: String?
    /// The old key's signature over the text of `publicKey`, base64.
    package var endorsement: String?

    enum CodingKeys: String, CodingKey {
        case publicKey = "public_key"
        case previous
        case endorsement
    }

    package init(publicKey: String, previous: String?, endorsement: String?) {
        self.publicKey = publicKey
        self.previous = previous
        self.endorsement = endorsement
    }

    package init(body: String) throws {
        self = try JSONDecoder().decode(KeyRecord.self, from: Data(body.utf8))
    }

    package var record: ChainRecord { get throws { ChainRecord(.key, body: try RecordText.text(of: self)) } }
}
