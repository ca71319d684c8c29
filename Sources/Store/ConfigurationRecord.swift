import Foundation

/// Says which configuration is in force from here on, and binds its content.
package struct ConfigurationRecord: Codable, Sendable, Hashable {
    package var version: Int
    package var fingerprint: String
    /// UTC milliseconds.
    package var appliedAt: Int64
    /// SHA-256 of the files; hexadecimal.
    package var digest: String
    /// SHA-256 of what it changed, in the text that is kept of that; hexadecimal.
    package var changes: String
    package var author: String?
    package var reason: String?

    enum CodingKeys: String, CodingKey {
        case version, fingerprint
        case appliedAt = "applied_at"
        case digest, changes, author, reason
    }

    /// - Throws: what keeps its changes from becoming text.
    init(_ draft: ConfigurationDraft, at now: Int64) throws {
        version = draft.version
        fingerprint = draft.fingerprint
        appliedAt = now
        digest = draft.content.digest
        changes = try draft.changes.digest
        author = draft.author
        reason = draft.reason
    }

    package init(body: String) throws {
        self = try JSONDecoder().decode(ConfigurationRecord.self, from: Data(body.utf8))
    }

    package var record: ChainRecord { get throws { ChainRecord(.configuration, body: try RecordText.text(of: self)) } }
}
