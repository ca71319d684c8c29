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

    /// Hands over the samples of journal rows, in the order they were committed, all as of one moment.
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

    /// The most bytes of blocks that one reading takes; the row that exceeds it is the last.
    private static let part = 4 << 20

    /// The same of rows that stay as they are, which those about to be compacted do. They are read in parts, each copied
    /// and then worked on: while a reading lasts the write-ahead log cannot begin anew, and a thread that stands behind
    /// all others may be long about its work.
    package func forEachSample(
        inPartsOfRows rows: ClosedRange<Int64>, _ body: (JournalBlock.Row) throws -> Void
    ) throws {
        try forEachPart(of: rows, "SELECT id, block, length(block) AS bytes FROM journal") { row, _ in
            [UInt8](row["block"] as Data)
        } body: { block in
            guard !block.isEmpty else { return }
            try JournalBlock.forEachRow(of: block, body)
        }
    }

    /// Reads rows part by part.
    /// - Parameters:
    ///   - selection: what of them, `id` and `bytes` among it.
    ///   - take: copies a row.
    ///   - body: works on it once the reading has ended.
    private func forEachPart<Copy>(
        of rows: ClosedRange<Int64>, _ selection: String, take: (Row, Database) throws -> Copy,
        body: (Copy) throws -> Void
    ) throws {
        var next = rows.lowerBound
        while next <= rows.upperBound {
            let copies = try read { db in
                var copies: [Copy] = []
                var bytes = 0
                let found = try Row.fetchCursor(
                    db, sql: selection + " WHERE id BETWEEN ? AND ? ORDER BY id", arguments: [next, rows.upperBound])
                while bytes < StateReader.part, let row = try found.next() {
                    copies.append(try take(row, db))
                    bytes += row["bytes"]
                    next = (row["id"] as Int64) + 1
                }
                return copies
            }
            guard !copies.isEmpty else { return }
            for copy in copies { try body(copy) }
        }
    }

    /// The chain's link before the first and after the last of these rows, and what they hold besides samples.
    /// - Throws: for a row that does not have the link it should: what was changed must not become history.
    package func contents(
        ofRows rows: ClosedRange<Int64>
    ) throws -> (before: Data, after: Data, contents: JournalContents) {
        let before = try read { try StateReader.link(before: rows.lowerBound, $0) }
        let after = try checkLinks(ofRows: rows, after: before)
        return (before, after, try read { try JournalContents(of: rows, $0) })
    }

    /// - Returns: the last row's link.
    private func checkLinks(ofRows rows: ClosedRange<Int64>, after before: Data) throws -> Data {
        var link = before
        var last: Int64?
        try forEachPart(of: rows, "SELECT *, length(block) AS bytes FROM journal") { row, db in
            try EvidenceReader.JournalRow(row, db)
        } body: { row in
            guard row.link(after: link) == row.chain else {
                throw StoreError(
                    .failed,
                    "journal row \(row.id) was changed since it was committed and is kept as it is; see hazardctl verify"
                )
            }
            link = row.chain
            last = row.id
        }
        guard last == rows.upperBound else { throw StoreError(.failed, "journal row \(rows.upperBound) is missing") }
        return link
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
