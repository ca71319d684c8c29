package import Foundation
import GRDB

/// Reads the state as it is at one moment, for whoever checks the evidence. Used by one thread.
///
/// While it is in use the write-ahead log cannot be emptied: `finish` as soon as the state is read.
package final class EvidenceReader {
    /// A chain record as it is kept.
    package struct StoredRecord: Sendable {
        package let id: Int64
        package let journalID: Int64
        package let kind: String
        package let body: String
    }

    /// A seal as it is kept.
    package struct StoredSeal: Sendable {
        package let id: Int64
        package let at: Int64
        package let journalID: Int64
        package let link: Data
        package let key: String
        package let document: String
    }

    let queue: DatabaseQueue
    private let path: String

    package init(_ folder: StateFolder) throws(StoreError) {
        _ = try StateReader(folder)
        path = folder.database
        do {
            var configuration = GRDB.Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            // All that is read belongs to one moment: one transaction over many calls.
            configuration.allowsUnsafeTransactions = true
            queue = try DatabaseQueue(path: folder.database, configuration: configuration)
            try queue.unsafeRead { db in
                try db.beginTransaction(.deferred)
                _ = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master")
            }
        } catch {
            throw StateDatabase.explain(error, folder.database)
        }
    }

    /// Lets go of the moment; nothing can be read afterwards.
    package func finish() {
        try? queue.close()
    }

    /// What SQLite's own check says of the file; nil if it holds together.
    package func integrityComplaint() throws(StoreError) -> String? {
        let found = try read { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") ?? "ok" }
        return found == "ok" ? nil : found
    }

    package func records() throws(StoreError) -> [StoredRecord] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT id, journal_id, kind, body FROM record ORDER BY id").map {
                StoredRecord(id: $0["id"], journalID: $0["journal_id"], kind: $0["kind"], body: $0["body"])
            }
        }
    }

    package func recordCount() throws(StoreError) -> Int64 { try number("SELECT COUNT(*) FROM record") }

    package func seals() throws(StoreError) -> [StoredSeal] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM seal ORDER BY id").map {
                StoredSeal(
                    id: $0["id"], at: $0["at"], journalID: $0["journal_id"], link: $0["link"], key: $0["key"],
                    document: $0["body"])
            }
        }
    }

    /// What the tables hold for journal rows that may be gone: their events are named, the rest names its row.
    package func contents(
        ofRows rows: ClosedRange<Int64>, firstEvent: Int64?, lastEvent: Int64?
    ) throws(StoreError) -> JournalContents {
        try read { try JournalContents(of: rows, firstEvent: firstEvent, lastEvent: lastEvent, $0) }
    }

    /// The last journal row deleted, and the chain's link after it; nil if none ever was.
    package func journalStart() throws(StoreError) -> (row: Int64, link: Data)? {
        try read { db in
            try Row.fetchOne(db, sql: "SELECT journal_id, link FROM journal_start").map {
                ($0["journal_id"], $0["link"])
            }
        }
    }

    package func link(after row: Int64) throws(StoreError) -> Data? {
        try read { try Data.fetchOne($0, sql: "SELECT chain FROM journal WHERE id = ?", arguments: [row]) }
    }

    package func lastRow() throws(StoreError) -> Int64 { try number("SELECT COALESCE(MAX(id), 0) FROM journal") }

    /// The highest number any row of `journal`, `record` or `seal` ever had.
    package func lastNumber(ofTable table: String) throws(StoreError) -> Int64 {
        try number("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = '\(table)'")
    }

    package func lastRecord() throws(StoreError) -> Int64 { try number("SELECT COALESCE(MAX(id), 0) FROM record") }
    package func lastSeal() throws(StoreError) -> Int64 { try number("SELECT COALESCE(MAX(id), 0) FROM seal") }

    /// Every point's name by its durable number.
    package func pointNames() throws(StoreError) -> [Int64: String] {
        try read { db in
            var names: [Int64: String] = [:]
            let rows = try Row.fetchCursor(db, sql: "SELECT id, name FROM point")
            while let row = try rows.next() { names[row["id"]] = row["name"] }
            return names
        }
    }

    /// The first event whose columns, which look-ups go by, do not say what its body says; nil if all do.
    package func misfiledEvent() throws(StoreError) -> Int64? {
        try read { try Int64.fetchOne($0, sql: EvidenceReader.misfiled) }
    }

    private static let misfiled = """
        SELECT sequence FROM event WHERE sequence IS NOT CAST(body ->> '$.sequence' AS INTEGER)
        OR type IS NOT body ->> '$.type' OR subject IS NOT body ->> '$.subject'
        OR site IS NOT substr(subject, 1, instr(subject, '/') - 1)
        OR time IS NOT CAST(round((julianday(body ->> '$.time') - 2440587.5) * 86400000) AS INTEGER)
        OR (route IS NOT NULL) IS NOT (type = 'hazard.escalation.due.v1')
        OR (route IS NOT NULL AND route NOT LIKE (body ->> '$.data.tier') || '/%' || site)
        ORDER BY sequence LIMIT 1
        """

    package func firstEvent() throws(StoreError) -> Int64 { try number("SELECT COALESCE(MIN(sequence), 0) FROM event") }
    package func lastEvent() throws(StoreError) -> Int64 { try number("SELECT COALESCE(MAX(sequence), 0) FROM event") }
    package func eventCount() throws(StoreError) -> Int64 { try number("SELECT COUNT(*) FROM event") }
    package func actionCount() throws(StoreError) -> Int64 { try number("SELECT COUNT(*) FROM operator_action") }

    /// As the accounting has it.
    package func storedSamples() throws(StoreError) -> Int64 { try number("SELECT stored FROM accounting") }

    /// Hands over the journal rows there are, in the order they were committed.
    package func forEachRow(
        of range: ClosedRange<Int64> = .min ... .max, _ body: (JournalRow) throws -> Void
    ) throws {
        do {
            try queue.unsafeRead { db in
                let rows = try Row.fetchCursor(
                    db, sql: "SELECT * FROM journal WHERE id BETWEEN ? AND ? ORDER BY id",
                    arguments: [range.lowerBound, range.upperBound])
                while let row = try rows.next() { try body(try JournalRow(row, db)) }
            }
        } catch let error as DatabaseError {
            throw StateDatabase.explain(error, path)
        }
    }

    func number(_ sql: String) throws(StoreError) -> Int64 {
        try read { try Int64.fetchOne($0, sql: sql) ?? 0 }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
        do {
            return try queue.unsafeRead(body)
        } catch {
            throw StateDatabase.explain(error, path)
        }
    }
}
