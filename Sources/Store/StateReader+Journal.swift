package import Foundation
import GRDB
import Telemetry

extension StateReader {
    /// How much of the journal waits for compaction.
    package struct JournalBacklog: Sendable, Hashable {
        /// The first and last row that may be compacted: not yet in day files, and covered by the snapshot.
        package let first: Int64
        package let last: Int64
        package let samples: Int64
        /// When the first was committed, UTC milliseconds.
        package let since: Int64
    }

    /// Nil if there is nothing to compact.
    /// - Parameter most: samples, from the oldest row on, after which no further row is counted in.
    package func backlog(atMost most: Int64) throws(StoreError) -> JournalBacklog? {
        try read { db in
            let done = try StateReader.compactedThrough(db)
            let covered = try Int64.fetchOne(db, sql: "SELECT journal_id FROM snapshot") ?? 0
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT id, samples, committed_at FROM journal WHERE id > ? AND id <= ? ORDER BY id",
                arguments: [done, covered])
            var found: (first: Int64, last: Int64, samples: Int64, since: Int64)?
            while let row = try rows.next(), (found?.samples ?? 0) < most {
                let samples = (found?.samples ?? 0) + (row["samples"] as Int64)
                found = (found?.first ?? row["id"], row["id"], samples, found?.since ?? row["committed_at"])
            }
            return found.map {
                JournalBacklog(first: $0.first, last: $0.last, samples: $0.samples, since: $0.since)
            }
        }
    }

    /// Hands over the samples of journal rows, in the order they were committed.
    package func forEachSample(
        ofRows rows: ClosedRange<Int64>, _ body: (JournalBlock.Row) throws -> Void
    ) throws(StoreError) {
        try read { db in
            let blocks = try Data.fetchCursor(
                db, sql: "SELECT block FROM journal WHERE id BETWEEN ? AND ? AND t_min IS NOT NULL ORDER BY id",
                arguments: [rows.lowerBound, rows.upperBound])
            while let block = try blocks.next() {
                try JournalBlock.forEachRow(of: [UInt8](block), body)
            }
        }
    }

    /// The chain's link before the first and after the last of these rows, and what they hold besides samples.
    /// - Throws: for a row that does not have the link it should: what was changed must not become history.
    package func contents(
        ofRows rows: ClosedRange<Int64>
    ) throws(StoreError) -> (before: Data, after: Data, contents: JournalContents) {
        try read { db in
            let before = try StateReader.link(before: rows.lowerBound, db)
            let after = try Data.fetchOne(
                db, sql: "SELECT chain FROM journal WHERE id = ?", arguments: [rows.upperBound])
            guard let after else { throw StoreError(.failed, "journal row \(rows.upperBound) is missing") }
            try StateReader.checkLinks(ofRows: rows, after: before, db)
            return (before, after, try JournalContents(of: rows, db))
        }
    }

    private static func checkLinks(ofRows rows: ClosedRange<Int64>, after before: Data, _ db: Database) throws {
        var link = before
        let found = try Row.fetchCursor(
            db, sql: "SELECT * FROM journal WHERE id BETWEEN ? AND ? ORDER BY id",
            arguments: [rows.lowerBound, rows.upperBound])
        while let row = try found.next() {
            let row = try EvidenceReader.JournalRow(row, db)
            guard row.link(after: link) == row.chain else {
                throw StoreError(
                    .failed,
                    "journal row \(row.id) was changed since it was committed and is kept as it is; see hazardctl verify"
                )
            }
            link = row.chain
        }
    }

    /// What the journal holds that is not in day files, and what of the database's file is free.
    package func journalSize() throws(StoreError) -> (samples: Int64, bytes: Int64, freeBytes: Int64) {
        try read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT COALESCE(SUM(samples), 0) AS samples,
                    COALESCE(SUM(length(block) + length(spans) + length(chain)), 0) AS bytes FROM journal WHERE id > ?
                    """, arguments: [try StateReader.compactedThrough(db)])
            let free = try Int64.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
            let page = try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 0
            return (row?["samples"] ?? 0, row?["bytes"] ?? 0, free * page)
        }
    }

    /// Every point's name by its durable number.
    package func pointNames() throws(StoreError) -> [Int64: String] {
        try read { db in
            var names: [Int64: String] = [:]
            let rows = try Row.fetchCursor(db, sql: "SELECT id, name FROM point")
            while let row = try rows.next() { names[row["id"]] = row["name"] }
            return names
        }
    }

    /// The durable number of a point; nil if none of this name was ever in force.
    package func pointNumber(_ name: String) throws(StoreError) -> Int64? {
        try read {
            try Int64.fetchOne(
                $0.cachedStatement(sql: "SELECT id FROM point WHERE name = ?"), arguments: [name])
        }
    }

    /// Whether rows beyond `compactedThrough` hold samples of these times.
    package func hasUncompacted(_ times: Range<Int64>) throws(StoreError) -> Bool {
        try read { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM journal WHERE t_min < ? AND t_max >= ? AND id > ?)",
                arguments: [times.upperBound, times.lowerBound, try StateReader.compactedThrough(db)]) ?? false
        }
    }

    /// The last row whose samples are in day files; 0 before the first compaction.
    package func compactedThrough() throws(StoreError) -> Int64 {
        try read { try StateReader.compactedThrough($0) }
    }

    static func compactedThrough(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT json_extract(body, '$.last') FROM record WHERE kind = 'compaction' ORDER BY id DESC LIMIT 1
                    """)) ?? 0
    }

    /// The chain's link before a row; kept aside for the first one that was not deleted.
    static func link(before row: Int64, _ db: Database) throws -> Data {
        if let link = try Data.fetchOne(
            db, sql: "SELECT chain FROM journal WHERE id < ? ORDER BY id DESC LIMIT 1", arguments: [row])
        {
            return link
        }
        return try Data.fetchOne(db, sql: "SELECT link FROM journal_start") ?? EvidenceChain.origin
    }
}
