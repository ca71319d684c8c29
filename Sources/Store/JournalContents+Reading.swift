import Foundation
import GRDB

extension JournalContents {
    /// Reads and hashes what came with these rows.
    init(of rows: ClosedRange<Int64>, _ db: Database) throws {
        let bounds = try Row.fetchOne(
            db,
            sql: """
                SELECT COUNT(*) AS number, MIN(first_event) AS first, MAX(last_event) AS last FROM journal
                WHERE id BETWEEN ? AND ?
                """, arguments: [rows.lowerBound, rows.upperBound])
        try self.init(of: rows, firstEvent: bounds?["first"], lastEvent: bounds?["last"], db)
        self.rows = bounds?["number"] ?? 0
    }

    /// The same where the rows may be gone, but for their number.
    init(of rows: ClosedRange<Int64>, firstEvent: Int64?, lastEvent: Int64?, _ db: Database) throws {
        let range: StatementArguments = [rows.lowerBound, rows.upperBound]
        var events = ChainHasher()
        if let first = firstEvent, let last = lastEvent {
            let bodies = try String.fetchCursor(
                db, sql: "SELECT body FROM event WHERE sequence BETWEEN ? AND ? ORDER BY sequence",
                arguments: [first, last])
            while let body = try bodies.next() { events.add(body) }
        }
        let (actionCount, actions) = try JournalContents.digestActions(range, db)
        let (recordCount, records) = try JournalContents.digestRecords(range, db)
        var sealed: [String: String] = [:]
        let seals = try Row.fetchCursor(
            db, sql: "SELECT journal_id, link FROM seal WHERE journal_id BETWEEN ? AND ?", arguments: range)
        while let seal = try seals.next() {
            sealed[String(seal["journal_id"] as Int64)] = (seal["link"] as Data).hexadecimal
        }
        self.init(
            rows: 0, firstEvent: firstEvent, lastEvent: lastEvent, events: events.digest.hexadecimal,
            actionCount: actionCount, actions: actions, recordCount: recordCount,
            records: records, sealed: sealed)
    }

    private static func digestActions(_ range: StatementArguments, _ db: Database) throws -> (Int64, String) {
        var hasher = ChainHasher()
        var count: Int64 = 0
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT at, actor, action, episode, comment, request_id, outcome FROM operator_action
                WHERE journal_id BETWEEN ? AND ? ORDER BY id
                """, arguments: range)
        while let row = try rows.next() {
            for field in StoredAction.fields(row) { hasher.add(field) }
            count += 1
        }
        return (count, hasher.digest.hexadecimal)
    }

    /// - Parameter range: the first and last journal row.
    /// - Returns: how many there are, and SHA-256 over each one's kind and body.
    static func digestRecords(_ range: StatementArguments, _ db: Database) throws -> (Int64, String) {
        var hasher = ChainHasher()
        var count: Int64 = 0
        let rows = try Row.fetchCursor(
            db, sql: "SELECT kind, body FROM record WHERE journal_id BETWEEN ? AND ? ORDER BY id", arguments: range)
        while let row = try rows.next() {
            hasher.add(row["kind"] as String)
            hasher.add(row["body"] as String)
            count += 1
        }
        return (count, hasher.digest.hexadecimal)
    }
}

/// A row of `operator_action` as it enters hashes.
enum StoredAction {
    /// The seven texts, NULL as the empty one.
    static func fields(_ row: Row) -> [String] {
        let rest = ["actor", "action", "episode", "comment", "request_id", "outcome"].map { row[$0] as String? ?? "" }
        return [String(row["at"] as Int64)] + rest
    }
}
