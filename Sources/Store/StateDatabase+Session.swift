import GRDB

extension StateDatabase {
    /// Records the topics the ingest session is subscribed to.
    /// - Returns: those it was subscribed to before and is no more; the broker still has them.
    package func replaceSubscriptions(_ topics: [String]) throws(StoreError) -> [String] {
        try attempt {
            try self.pool.write { db in
                let before = try String.fetchAll(db, sql: "SELECT topic FROM subscription ORDER BY topic")
                guard Set(before) != Set(topics) else { return [] }
                try db.execute(sql: "DELETE FROM subscription")
                for topic in topics {
                    try db.execute(sql: "INSERT OR IGNORE INTO subscription VALUES (?)", arguments: [topic])
                }
                return before.filter { !topics.contains($0) }
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
