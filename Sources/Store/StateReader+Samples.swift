import Foundation
import GRDB
import Telemetry

extension StateReader {
    /// A point's samples from one time to another (UTC milliseconds, both included), by time; of several with the
    /// same time the first recorded.
    /// - Parameter point: `SITE/POINT`.
    /// - Returns: nil if no point of this name was ever in force.
    package func samples(of point: String, from: Int64, through last: Int64) throws(StoreError) -> [StoredSample]? {
        try read { db in
            let number = try Int64.fetchOne(db, sql: "SELECT id FROM point WHERE name = ?", arguments: [point])
            guard let number else { return nil }
            var found: [StoredSample] = []
            try StateReader.forEachBlock(of: db, from: from, through: last) { rows in
                for row in rows where row.point == number && row.time >= from && row.time <= last {
                    found.append(
                        StoredSample(time: row.time, value: row.value, quality: Quality(rawValue: row.quality)))
                }
            }
            return StateReader.byTime(found)
        }
    }

    /// Hands over the journal's rows that can hold samples of these times, one after the other in the order they
    /// were committed.
    private static func forEachBlock(
        of db: Database, from: Int64, through last: Int64, _ body: ([JournalBlock.Row]) -> Void
    ) throws {
        let bounds = try Row.fetchOne(
            db, sql: "SELECT MIN(id) AS first, MAX(id) AS last FROM journal WHERE t_min <= ? AND t_max >= ?",
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

    private static func byTime(_ samples: [StoredSample]) -> [StoredSample] {
        let isSorted = zip(samples, samples.dropFirst()).allSatisfy { $0.time < $1.time }
        guard !isSorted else { return samples }
        let sorted = samples.enumerated().sorted {
            ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
        }
        var merged: [StoredSample] = []
        merged.reserveCapacity(samples.count)
        for (_, sample) in sorted where merged.last?.time != sample.time { merged.append(sample) }
        return merged
    }
}
