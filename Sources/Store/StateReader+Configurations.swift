import Foundation
import GRDB

extension StateReader {
    /// A configuration by its version; nil if there is none of that number.
    /// - Parameter version: nil for the newest.
    package func configurationVersion(_ version: Int?) throws(StoreError) -> ConfigurationVersion? {
        try read { db in
            try ConfigurationVersion.read(
                db, "WHERE version = COALESCE(?, (SELECT MAX(version) FROM config_version))", [version],
                withContent: true
            ).first
        }
    }

    /// Every configuration applied, newest first, without their contents.
    package func configurationVersions() throws(StoreError) -> [ConfigurationVersion] {
        try read { try ConfigurationVersion.read($0, "ORDER BY version DESC", [], withContent: false) }
    }
}

extension EvidenceReader {
    package func configurationVersion(_ version: Int) throws(StoreError) -> ConfigurationVersion? {
        try read { try ConfigurationVersion.read($0, "WHERE version = ?", [version], withContent: true).first }
    }

    /// The versions whose content is kept.
    package func configurationsWithContent() throws(StoreError) -> [Int] {
        try read { db in
            guard try ConfigurationVersion.hasContents(db) else { return [] }
            return try Int.fetchAll(
                db, sql: "SELECT version FROM config_version WHERE content IS NOT NULL ORDER BY version")
        }
    }
}

extension ConfigurationVersion {
    /// A state that no daemon of now has opened yet has fingerprints alone.
    fileprivate static func hasContents(_ db: Database) throws -> Bool {
        try db.columns(in: "config_version").contains { $0.name == "content" }
    }

    /// - Parameter clause: which rows, and in which order.
    fileprivate static func read(
        _ db: Database, _ clause: String, _ arguments: StatementArguments, withContent: Bool
    ) throws -> [ConfigurationVersion] {
        let known = try hasContents(db) ? "author, reason, changes" : "NULL AS author, NULL AS reason, NULL AS changes"
        let content =
            try withContent && hasContents(db)
            ? "size, digest, content" : "NULL AS size, NULL AS digest, NULL AS content"
        return try Row.fetchAll(
            db, sql: "SELECT version, fingerprint, applied_at, \(known), \(content) FROM config_version \(clause)",
            arguments: arguments
        ).map { ConfigurationVersion(stored: $0) }
    }

    /// Reads a row of table `config_version`.
    init(stored row: Row) {
        let changes: String? = row["changes"]
        var content: Content?
        if let frame: Data = row["content"], let size: Int = row["size"], let digest: String = row["digest"] {
            content = Content(size: size, frame: frame, digest: digest)
        }
        self.init(
            version: row["version"], fingerprint: row["fingerprint"], appliedAt: row["applied_at"],
            author: row["author"], reason: row["reason"],
            changes: changes.flatMap { try? JSONDecoder().decode(Changes.self, from: Data($0.utf8)) }, content: content)
    }
}
