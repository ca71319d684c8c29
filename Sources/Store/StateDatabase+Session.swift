import GRDB

extension StateDatabase {
    /// Adds the topics the ingest session is about to be subscribed to.
    /// - Returns: further ones it was subscribed to before; the broker may still have them.
    package func addSubscriptions(_ topics: [String]) throws(StoreError) -> [String] {
        try attempt {
            try self.pool.write { db in
                let before = try String.fetchAll(db, sql: "SELECT topic FROM subscription ORDER BY topic")
                for topic in topics where !before.contains(topic) {
                    try db.execute(sql: "INSERT INTO subscription VALUES (?)", arguments: [topic])
                }
                return before.filter { !topics.contains($0) }
            }
        }
    }

    /// Forgets topics that the broker no longer has.
    package func removeSubscriptions(_ topics: [String]) throws(StoreError) {
        guard !topics.isEmpty else { return }
        try attempt {
            try self.pool.write { db in
                for topic in topics {
                    try db.execute(sql: "DELETE FROM subscription WHERE topic = ?", arguments: [topic])
                }
            }
        }
    }

    /// Records what the writer reads back of its own settings, so that anybody can see them: `synchronous`
    /// (2 is FULL, 1 is NORMAL) and the process.
    package func recordWriter(process: Int32) throws(StoreError) {
        let level = try synchronousLevel()
        try attempt {
            try self.pool.write { db in
                for (name, value) in [("synchronous", Int64(level)), ("process", Int64(process))] {
                    try db.execute(sql: "INSERT OR REPLACE INTO writer VALUES (?, ?)", arguments: [name, value])
                }
            }
        }
    }
}
