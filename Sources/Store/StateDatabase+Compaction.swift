import GRDB

extension StateDatabase {
    /// The most journal rows deleted in one go, and about the most bytes, so that no burst waits long behind it.
    private static let deletionSlice = 512
    private static let deletionBytes = 8 << 20

    /// Remembers how far day files reach now.
    func noteCompacted(_ records: [ChainRecord]) throws(StoreError) {
        for record in records where record.kind == .compaction {
            let last = try attempt { try CompactionRecord(body: record.body).last }
            compactedThrough = max(compactedThrough, last)
        }
    }

    /// Deletes some of the journal's rows whose samples are in day files and which a start need not read.
    /// - Returns: whether there are more.
    package func deleteCompacted() throws(StoreError) -> Bool {
        let end = min(compactedThrough, snapshotThrough)
        guard end > deletedThrough else { return false }
        let last: Int64? = try attempt {
            try self.pool.write { db in
                guard let last = try StateDatabase.endOfSlice(through: end, db) else { return nil }
                try db.execute(
                    sql: """
                        INSERT OR REPLACE INTO journal_start
                        SELECT 1, id, chain FROM journal WHERE id <= ? ORDER BY id DESC LIMIT 1
                        """, arguments: [last])
                try db.execute(sql: "DELETE FROM journal WHERE id <= ?", arguments: [last])
                return last
            }
        }
        deletedThrough = last ?? end
        journalIndex.forget(through: deletedThrough)
        return deletedThrough < end
    }

    /// The last of the rows to delete next; nil if there are none.
    private static func endOfSlice(through end: Int64, _ db: Database) throws -> Int64? {
        let rows = try Row.fetchCursor(
            db, sql: "SELECT id, length(block) AS bytes FROM journal WHERE id <= ? ORDER BY id LIMIT ?",
            arguments: [end, deletionSlice])
        var last: Int64?
        var bytes = 0
        while bytes < deletionBytes, let row = try rows.next() {
            last = row["id"]
            bytes += row["bytes"]
        }
        return last
    }

    /// Rewrites the database without the pages that deleted rows left free. Takes as long as copying the file does, and
    /// nothing can be committed meanwhile, so it is for a stopped daemon. A running one uses such pages again.
    package func vacuum() throws(StoreError) {
        // Rows may get other numbers.
        taskRows = [:]
        try attempt {
            try self.pool.writeWithoutTransaction { db in
                let free = try Int64.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
                let pages = try Int64.fetchOne(db, sql: "PRAGMA page_count") ?? 0
                guard free * 4 > pages else { return }
                try db.execute(sql: "VACUUM")
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
        }
    }
}
