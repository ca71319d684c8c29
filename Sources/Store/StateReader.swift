package import Alarms
import Foundation
import GRDB
package import Pipeline

/// Reads what is committed: for the feed, the operator's interfaces, and the command line, with or without a
/// running daemon. Safe on any thread.
package struct StateReader: Sendable {
    let database: any DatabaseReader

    init(_ database: any DatabaseReader) {
        self.database = database
    }

    /// Opens a state directory for reading only.
    package init(_ folder: StateFolder) throws(StoreError) {
        guard FileManager.default.fileExists(atPath: folder.database) else {
            throw StoreError(
                .absent, "there is no state at \(folder.database); hazardd makes it when it first starts")
        }
        do {
            var configuration = GRDB.Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            database = try DatabaseQueue(path: folder.database, configuration: configuration)
        } catch {
            throw StateDatabase.explain(error, folder.database)
        }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
        do {
            return try database.read { try body($0) }
        } catch {
            throw StateDatabase.explain(error, "hazardd.sqlite")
        }
    }

    /// Events after a sequence, oldest first.
    package func events(after sequence: Int64, limit: Int) throws(StoreError) -> [Event] {
        try events(after: sequence, limit: limit, withAlarms: { _ in false }).map(\.event)
    }

    /// The same, each of those about an alarm with that alarm as it stands at the same moment, as JSON; empty if it is
    /// normal.
    /// - Parameter isOfAlarm: whether an event is to come with its alarm.
    package func events(
        after sequence: Int64, limit: Int, withAlarms isOfAlarm: (Event) -> Bool
    ) throws(StoreError) -> [(event: Event, alarm: String?)] {
        try read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT * FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?")
            return try Row.fetchAll(statement, arguments: [sequence, limit]).map { row in
                let event = StateReader.event(row)
                return (event, isOfAlarm(event) ? try StateReader.alarmBody(event.subject, db) ?? "" : nil)
            }
        }
    }

    private static func event(_ row: Row) -> Event {
        Event(
            sequence: row["sequence"], type: row["type"], site: row["site"], subject: row["subject"],
            time: row["time"], route: row["route"], body: row["body"])
    }

    /// The newest event's sequence; 0 before the first.
    package func lastSequence() throws(StoreError) -> Int64 {
        try read { try Int64.fetchOne($0, sql: "SELECT MAX(sequence) FROM event") ?? 0 }
    }

    /// The alarm as it stands, as JSON; nil if it is normal.
    package func alarmBody(_ subject: String) throws(StoreError) -> String? {
        try read { try StateReader.alarmBody(subject, $0) }
    }

    private static func alarmBody(_ subject: String, _ db: Database) throws -> String? {
        try String.fetchOne(
            db.cachedStatement(sql: "SELECT body FROM alarm WHERE subject = ?"), arguments: [subject])
    }

    /// Every alarm that is not normal, most urgent and newest first, as subject and JSON.
    package func standingAlarms() throws(StoreError) -> [(subject: String, body: String)] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT subject, body FROM alarm ORDER BY priority DESC, raised_at DESC, subject"
            ).map { ($0["subject"], $0["body"]) }
        }
    }

    package func accounting() throws(StoreError) -> Accounting {
        try read {
            try Row.fetchOne($0, sql: "SELECT * FROM accounting").map { Accounting(stored: $0) } ?? Accounting()
        }
    }

    /// The last event a named consumer has taken; 0 before its first.
    package func cursor(_ name: String) throws(StoreError) -> Int64 {
        try read {
            try Int64.fetchOne($0, sql: "SELECT sequence FROM cursor WHERE name = ?", arguments: [name]) ?? 0
        }
    }

    /// Whether a request of this actor was carried out since `earliest`, and what came of it.
    package func outcome(actor: String, requestID: String, since earliest: Int64) throws(StoreError) -> String? {
        try read {
            try String.fetchOne(
                $0, sql: "SELECT outcome FROM operator_action WHERE actor = ? AND request_id = ? AND at >= ? LIMIT 1",
                arguments: [actor, requestID, earliest])
        }
    }
}
