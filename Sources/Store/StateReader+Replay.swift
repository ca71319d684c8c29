import Foundation
import GRDB

extension StateReader {
    /// Hands over the journal's samples of these times (UTC milliseconds, both included) that are not in day files yet,
    /// in the order they were committed.
    /// - Returns: the last journal row that was compacted at that moment.
    package func forEachUncompacted(
        from first: Int64, through last: Int64, _ body: (JournalBlock.Row) throws -> Void
    ) throws(StoreError) -> Int64 {
        try read { db in
            let compacted = try StateReader.compactedThrough(db)
            let bounds = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT MIN(id) AS first, MAX(id) AS last FROM journal WHERE id > ? AND t_min <= ? AND t_max >= ?
                        """), arguments: [compacted, last, first])
            guard let bounds, let start: Int64 = bounds["first"], let end: Int64 = bounds["last"] else {
                return compacted
            }
            let blocks = try Data.fetchCursor(
                db,
                sql: """
                    SELECT block FROM journal NOT INDEXED
                    WHERE id BETWEEN ? AND ? AND t_min <= ? AND t_max >= ? ORDER BY id
                    """, arguments: [start, end, last, first])
            while let block = try blocks.next() {
                try JournalBlock.forEachRow(of: [UInt8](block)) { row in
                    if row.time >= first, row.time <= last { try body(row) }
                }
            }
            return compacted
        }
    }

    /// How many operator actions and changes of the configuration fall between two times (both included).
    package func interventions(from first: Int64, through last: Int64) throws(StoreError) -> (
        actions: Int, configurations: Int
    ) {
        try read { db in
            (
                try Int.fetchOne(
                    db, sql: "SELECT COUNT(*) FROM operator_action WHERE at BETWEEN ? AND ?", arguments: [first, last])
                    ?? 0,
                try Int.fetchOne(
                    db, sql: "SELECT COUNT(*) FROM config_version WHERE applied_at BETWEEN ? AND ?",
                    arguments: [first, last]) ?? 0
            )
        }
    }
}
