import GRDB

extension StateDatabase {
    /// Keeps how far consumers have come, apart from any burst: at the end, when no further one follows.
    package func keep(cursors: [String: Int64]) throws(StoreError) {
        guard !cursors.isEmpty else { return }
        try attempt {
            try self.pool.write { db in
                for (name, sequence) in cursors {
                    try StateDatabase.write(cursor: name, sequence, db)
                }
            }
        }
    }
}
