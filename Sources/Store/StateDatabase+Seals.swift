package import Foundation
import GRDB

/// What the next seal has to vouch for.
package struct SealBasis: Sendable, Hashable {
    /// The last journal row, and the chain's link after it.
    package let journalID: Int64
    package let link: Data
    /// The newest event; 0 before the first.
    package let lastEvent: Int64
    /// The document of the seal before; nil for the first.
    package let previous: String?
    /// Day files sealed since then, with their digests, by name.
    package let days: [String: String]
    /// SHA-256 over kind and body of every chain record since then; hexadecimal.
    package let records: String
}

extension StateDatabase {
    /// Nil if nothing was recorded since the last seal.
    package func sealBasis() throws(StoreError) -> SealBasis? {
        try attempt {
            try self.pool.read { db in
                guard let head = try Row.fetchOne(db, sql: "SELECT id, chain FROM journal ORDER BY id DESC LIMIT 1")
                else { return nil }
                let last = try Row.fetchOne(db, sql: "SELECT journal_id, body FROM seal ORDER BY id DESC LIMIT 1")
                let since: Int64 = last?["journal_id"] ?? 0
                guard since < head["id"] as Int64 else { return nil }
                var days: [String: String] = [:]
                let bodies = try String.fetchAll(
                    db, sql: "SELECT body FROM record WHERE kind = 'day' AND journal_id > ? ORDER BY id",
                    arguments: [since])
                for day in try bodies.map({ try DayRecord(body: $0) }) where !day.file.isEmpty {
                    days[day.file] = day.digest
                }
                return SealBasis(
                    journalID: head["id"], link: head["chain"],
                    lastEvent: try Int64.fetchOne(db, sql: "SELECT MAX(sequence) FROM event") ?? 0,
                    previous: last?["body"], days: days,
                    records: try JournalContents.digestRecords([since + 1, head["id"]], db).1)
            }
        }
    }

    /// Keeps a seal.
    /// - Parameters:
    ///   - key: the signing key's identifier.
    ///   - document: the seal as it is published.
    package func add(seal document: String, key: String, basis: SealBasis, at now: Int64) throws(StoreError) {
        try attempt {
            try self.pool.write { db in
                try db.execute(
                    sql: "INSERT INTO seal (at, journal_id, link, key, body) VALUES (?, ?, ?, ?, ?)",
                    arguments: [now, basis.journalID, basis.link, key, document])
            }
        }
    }
}
