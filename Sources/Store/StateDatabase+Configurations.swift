import GRDB

extension StateDatabase {
    /// Writes the version of the configuration that is in force with the burst.
    static func write(configuration: ConfigurationVersion?, _ db: Database) throws {
        guard let configuration else { return }
        try db.execute(
            sql: """
                INSERT INTO config_version
                (version, fingerprint, applied_at, author, reason, changes, size, digest, content)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                configuration.version, configuration.fingerprint, configuration.appliedAt, configuration.author,
                configuration.reason, try configuration.changes.map { try RecordText.text(of: $0) },
                configuration.content?.size, configuration.content?.digest, configuration.content?.frame,
            ])
    }
}
