import Foundation
import GRDB
import Pipeline

extension StateReader {
    /// The tags that nobody configured, the most frequent first.
    package func unmappedTags() throws(StoreError) -> [UnmappedEntry] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM unmapped ORDER BY count DESC, gateway, tag").map { row in
                UnmappedEntry(
                    gateway: row["gateway"], tag: row["tag"], count: row["count"], firstSeen: row["first_seen"],
                    lastSeen: row["last_seen"])
            }
        }
    }

    /// Refused inputs, newest first.
    package func quarantine(limit: Int) throws(StoreError) -> [QuarantinedInput] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM quarantine ORDER BY id DESC LIMIT ?", arguments: [limit]).map {
                row in
                QuarantinedInput(
                    id: row["id"],
                    entry: QuarantineEntry(
                        receivedAt: row["received_at"], topic: row["topic"], reason: row["reason"],
                        detail: row["detail"], excerpt: [UInt8](row["excerpt"] as Data)))
            }
        }
    }
}
