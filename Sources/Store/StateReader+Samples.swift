import Foundation
import GRDB
import Telemetry

extension StateReader {
    /// A point's samples that the journal still holds, from one time to another (UTC milliseconds, both included), by
    /// time; of several with the same time the first recorded.
    /// - Parameter number: the point's durable number.
    package func samples(
        ofNumber number: Int64, from: Int64, through last: Int64
    ) throws(StoreError) -> [StoredSample] {
        try journal(ofNumber: number, from: from, through: last).samples
    }

    /// The same, with the last journal row that was compacted at that moment: chunks of later rows, which a compaction may
    /// be writing or have left unfinished, hold nothing that these samples do not.
    package func journal(
        ofNumber number: Int64, from: Int64, through last: Int64
    ) throws(StoreError) -> (samples: [StoredSample], compacted: Int64) {
        try read { db in
            var found: [StoredSample] = []
            try StateReader.forEachBlock(of: db, from: from, through: last) { rows in
                for row in rows where row.point == number && row.time >= from && row.time <= last {
                    found.append(
                        StoredSample(time: row.time, value: row.value, quality: Quality(rawValue: row.quality)))
                }
            }
            return (StoredSample.merged(found), try StateReader.compactedThrough(db))
        }
    }

    /// Hands over the journal's rows that can hold samples of these times, one after the other in the order they
    /// were committed.
    private static func forEachBlock(
        of db: Database, from: Int64, through last: Int64, _ body: ([JournalBlock.Row]) -> Void
    ) throws {
        let bounds = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT MIN(id) AS first, MAX(id) AS last FROM journal WHERE t_min <= ? AND t_max >= ?"),
            arguments: [last, from])
        guard let first: Int64 = bounds?["first"], let final: Int64 = bounds?["last"] else { return }
        // By row number, not by the index on times: sorting would carry every block along.
        let blocks = try Data.fetchCursor(
            db,
            sql: """
                SELECT block FROM journal NOT INDEXED WHERE id BETWEEN ? AND ? AND t_min <= ? AND t_max >= ? ORDER BY id
                """, arguments: [first, final, last, from])
        while let block = try blocks.next() { body(try JournalBlock.decode([UInt8](block)).rows) }
    }
}
