import GRDB

extension StateReader {
    /// What people did after an entry of the record, oldest first.
    package func audit(after id: Int64, limit: Int) throws(StoreError) -> [AuditEntry] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM operator_action WHERE id > ? ORDER BY id LIMIT ?", arguments: [id, limit]
            ).map { row in
                AuditEntry(
                    id: row["id"], at: row["at"], recorded: row["actor"], action: row["action"],
                    target: row["episode"], comment: row["comment"], outcome: row["outcome"])
            }
        }
    }

    /// Names of cursors that begin with a prefix.
    package func cursors(withPrefix prefix: String) throws(StoreError) -> [String] {
        try read { db in
            try String.fetchAll(
                db, sql: "SELECT name FROM cursor WHERE substr(name, 1, ?) = ? ORDER BY name",
                arguments: [prefix.count, prefix])
        }
    }
}
