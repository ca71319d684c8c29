package import Foundation
import GRDB

extension EvidenceReader {
    /// A journal row with everything its link covers.
    package struct JournalRow: Sendable {
        package let id: Int64
        package let chain: Data
        package let samples: Int64
        package let firstEvent: Int64?
        package let lastEvent: Int64?
        private let earliest: Int64?
        private let latest: Int64?
        package let actionCount: Int64
        package let block: [UInt8]
        private let spans: [UInt8]
        package let events: [String]
        package let actions: [[String]]
        package let records: [ChainRecord]

        init(_ row: Row, _ db: Database) throws {
            id = row["id"]
            chain = row["chain"]
            samples = row["samples"]
            firstEvent = row["first_event"]
            lastEvent = row["last_event"]
            earliest = row["t_min"]
            latest = row["t_max"]
            actionCount = row["actions"]
            block = [UInt8](row["block"] as Data)
            spans = [UInt8](row["spans"] as Data)
            events = try String.fetchAll(
                db.cachedStatement(sql: "SELECT body FROM event WHERE sequence BETWEEN ? AND ? ORDER BY sequence"),
                arguments: [firstEvent, lastEvent])
            actions = try Row.fetchAll(
                db.cachedStatement(sql: "SELECT * FROM operator_action WHERE journal_id = ? ORDER BY id"),
                arguments: [id]
            ).map { StoredAction.fields($0) }
            records = try Row.fetchAll(
                db.cachedStatement(sql: "SELECT kind, body FROM record WHERE journal_id = ? ORDER BY id"),
                arguments: [id]
            ).compactMap { row in
                ChainRecord.Kind(rawValue: row["kind"]).map { ChainRecord($0, body: row["body"]) }
            }
        }

        package var recordCount: Int64 { Int64(records.count) }

        /// What the row's link should be after another.
        package func link(after link: Data) -> Data {
            EvidenceChain(head: link).link(block: block, events: events, actions: actions, records: records)
        }

        /// Why the columns that look-ups go by do not say what the block says; nil if they do.
        package func complaint() throws -> String? {
            var times: [Int64] = []
            var messages: [JournalBlock.Message] = []
            if !block.isEmpty {
                messages = try JournalBlock.forEachRow(of: block) { times.append($0.time) }
            }
            guard (Int64(times.count), times.min(), times.max()) == (samples, earliest, latest) else {
                return "its block holds \(times.count) samples, which its columns do not say"
            }
            guard JournalSpan.encode(JournalSpan.spans(of: messages, times)) == spans else {
                return "its spans are not those of its block"
            }
            guard actionCount == actions.count else {
                return "it names \(actionCount) operator actions and has \(actions.count)"
            }
            return nil
        }
    }
}
