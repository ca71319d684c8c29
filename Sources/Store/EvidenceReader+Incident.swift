import Alarms
import Foundation
import GRDB

extension EvidenceReader {
    /// An event as it is kept.
    package struct StoredEvent: Sendable {
        package let sequence: Int64
        /// UTC milliseconds.
        package let time: Int64
        package let type: String
        package let site: String
        package let subject: String
        package let body: String

        init(_ row: Row) {
            sequence = row["sequence"]
            time = row["time"]
            type = row["type"]
            site = row["site"]
            subject = row["subject"]
            body = row["body"]
        }
    }

    /// SHA-256 over kind and body of the chain records of these rows; hexadecimal.
    package func digestRecords(ofRows rows: ClosedRange<Int64>) throws(StoreError) -> String {
        try read { try JournalContents.digestRecords([rows.lowerBound, rows.upperBound], $0).1 }
    }

    package func events(_ sequences: ClosedRange<Int64>) throws(StoreError) -> [StoredEvent] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM event WHERE sequence BETWEEN ? AND ? ORDER BY sequence",
                arguments: [sequences.lowerBound, sequences.upperBound]
            ).map { StoredEvent($0) }
        }
    }

    /// Events of a site in a stretch of time, by sequence.
    /// - Parameter site: empty for all.
    package func events(ofSite site: String, times: ClosedRange<Int64>) throws(StoreError) -> [StoredEvent] {
        try read { db in
            var arguments: StatementArguments = [times.lowerBound, times.upperBound]
            if !site.isEmpty { arguments += [site] }
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM event WHERE time BETWEEN ? AND ? \(site.isEmpty ? "" : "AND site = ?") ORDER BY sequence
                    """, arguments: arguments
            ).map { StoredEvent($0) }
        }
    }

    /// Events of one episode, by sequence.
    /// - Parameter subject: `SITE/OBJECT/CONDITION`; nil to look through the whole log.
    package func events(ofEpisode episode: String, subject: String?) throws(StoreError) -> [StoredEvent] {
        try read { db in
            var arguments: StatementArguments = [episode]
            if let subject { arguments += [String(subject.prefix { $0 != "/" }), subject] }
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM event WHERE json_extract(body, '$.data.episode') = ?
                    \(subject == nil ? "" : "AND site = ? AND subject = ?") ORDER BY sequence
                    """, arguments: arguments
            ).map { StoredEvent($0) }
        }
    }

    /// The newest event of a kind before a sequence.
    /// - Parameter pattern: of the type, as LIKE has it.
    package func newestEvent(
        ofType pattern: String, site: String, subject: String? = nil, before sequence: Int64 = .max
    ) throws(StoreError) -> StoredEvent? {
        try read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT * FROM event WHERE site = ? AND (? IS NULL OR subject = ?) AND type LIKE ? AND sequence < ?
                    ORDER BY sequence DESC LIMIT 1
                    """, arguments: [site, subject, subject, pattern, sequence]
            ).map { StoredEvent($0) }
        }
    }

    /// The subject and times of an episode's hold; nil if it has none.
    package func hold(of episode: String) throws(StoreError) -> (subject: String, times: ClosedRange<Int64>)? {
        try read { db in
            try Row.fetchOne(db, sql: "SELECT subject, t_from, t_to FROM hold WHERE episode = ?", arguments: [episode])
                .map { row in
                    let first: Int64 = row["t_from"]
                    return (row["subject"], first...max(first, row["t_to"]))
                }
        }
    }

    /// The episode of a subject's standing alarm; nil if it is normal.
    package func standingEpisode(_ subject: String) throws(StoreError) -> String? {
        try read { try String.fetchOne($0, sql: "SELECT episode FROM alarm WHERE subject = ?", arguments: [subject]) }
    }

    /// The journal rows after one that can hold samples of these times.
    package func rows(after row: Int64, times: ClosedRange<Int64>) throws(StoreError) -> [Int64] {
        try read { db in
            try Int64.fetchAll(
                db, sql: "SELECT id FROM journal WHERE id > ? AND t_min <= ? AND t_max >= ? ORDER BY id",
                arguments: [row, times.upperBound, times.lowerBound])
        }
    }

    /// The journal row after another that carries an event.
    package func row(after row: Int64, ofEvent sequence: Int64) throws(StoreError) -> Int64? {
        try read { db in
            try Int64.fetchOne(
                db, sql: "SELECT id FROM journal WHERE id > ? AND first_event <= ? AND last_event >= ? LIMIT 1",
                arguments: [row, sequence, sequence])
        }
    }

    package func pointNumbers() throws(StoreError) -> [String: Int64] {
        try read { db in
            var numbers: [String: Int64] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT id, name FROM point") { numbers[row["name"]] = row["id"] }
            return numbers
        }
    }
}
