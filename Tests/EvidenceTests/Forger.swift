import Evidence
import Foundation
import GRDB
import Store

/// Somebody who knows how everything is computed: links the chain anew after a change, and signs with a key of his own
/// or a stolen one.
struct Forger {
    private struct Document: Codable {
        var seal: String
        var key: String
        var signature: String
    }

    let node: AttackedNode
    private let queue: DatabaseQueue

    init(_ node: AttackedNode) throws {
        self.node = node
        queue = try DatabaseQueue(path: node.folder.database)
    }

    /// Recomputes the links of the journal rows there are, from one on.
    func link(from first: Int64) throws {
        try queue.write { db in
            var link =
                try Data.fetchOne(db, sql: "SELECT chain FROM journal WHERE id = ?", arguments: [first - 1]) ?? Data()
            for row in try Row.fetchAll(db, sql: "SELECT * FROM journal WHERE id >= ? ORDER BY id", arguments: [first])
            {
                link = try Forger.link(after: link, row, db)
                try db.execute(sql: "UPDATE journal SET chain = ? WHERE id = ?", arguments: [link, row["id"]])
            }
        }
    }

    private static func link(after link: Data, _ row: Row, _ db: Database) throws -> Data {
        let events = try String.fetchAll(
            db, sql: "SELECT body FROM event WHERE sequence BETWEEN ? AND ? ORDER BY sequence",
            arguments: [row["first_event"] as Int64?, row["last_event"] as Int64?])
        let actions = try Row.fetchAll(
            db,
            sql: """
                SELECT at, actor, action, episode, comment, request_id, outcome FROM operator_action
                WHERE journal_id = ? ORDER BY id
                """, arguments: [row["id"] as Int64])
        let records = try Row.fetchAll(
            db, sql: "SELECT kind, body FROM record WHERE journal_id = ? ORDER BY id", arguments: [row["id"] as Int64])
        var hasher = ChainHasher()
        hasher.add(raw: link)
        hasher.add(row["block"] as Data)
        hasher.add(number: events.count)
        for event in events { hasher.add(event) }
        hasher.add(number: actions.count)
        for action in actions {
            for (_, field) in action { hasher.add(field.isNull ? "" : String.fromDatabaseValue(field) ?? "\(field)") }
        }
        if !records.isEmpty {
            hasher.add(number: records.count)
            for record in records {
                hasher.add(record["kind"] as String)
                hasher.add(record["body"] as String)
            }
        }
        return hasher.digest
    }

    /// Signs the seals of rows from one on anew, for the links that are there now.
    func seal(from first: Int64, with key: SigningKey) throws {
        try queue.write { db in
            var previous: Seal?
            for row in try Row.fetchAll(db, sql: "SELECT id, journal_id, body FROM seal ORDER BY id") {
                let old = try Seal(document: row["body"])
                guard row["journal_id"] >= first else {
                    previous = old
                    continue
                }
                let link =
                    try Data.fetchOne(
                        db, sql: "SELECT chain FROM journal WHERE id = ?", arguments: [row["journal_id"] as Int64])
                    ?? Data()
                var statement = old.statement
                statement.link = link.hexadecimal
                statement.records = try Forger.digestRecords(
                    after: previous?.statement.journalID ?? 0, through: row["journal_id"], db)
                statement.previous = previous?.digest
                let text = try Forger.json(statement)
                let document = try Forger.json(
                    Document(
                        seal: text, key: key.publicKey.identifier,
                        signature: try key.signature(over: text).base64EncodedString()))
                try db.execute(
                    sql: "UPDATE seal SET link = ?, key = ?, body = ? WHERE id = ?",
                    arguments: [link, key.publicKey.identifier, document, row["id"] as Int64])
                previous = try Seal(document: document)
            }
        }
    }

    private static func digestRecords(after first: Int64, through last: Int64, _ db: Database) throws -> String {
        var hasher = ChainHasher()
        let records = try Row.fetchAll(
            db, sql: "SELECT kind, body FROM record WHERE journal_id > ? AND journal_id <= ? ORDER BY id",
            arguments: [first, last])
        for record in records {
            hasher.add(record["kind"] as String)
            hasher.add(record["body"] as String)
        }
        return hasher.digest.hexadecimal
    }

    /// Puts another key in the place of the one that was rotated to, as row 315 tells it.
    func introduce(_ key: SigningKey, endorsement: String? = nil) throws {
        let record = try KeyRecord(
            publicKey: key.publicKey.bytes.base64EncodedString(), previous: node.node.firstKey.identifier,
            endorsement: endorsement
        ).record
        try queue.write { db in
            try db.execute(
                sql: "UPDATE record SET body = ? WHERE kind = 'key' AND journal_id = 315", arguments: [record.body])
        }
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
