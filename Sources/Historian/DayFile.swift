package import Foundation
import GRDB

/// A day file opened for reading; safe on any thread.
package final class DayFile: Sendable {
    /// A chunk with what is needed to read and to check it.
    package struct Entry: Sendable {
        package let id: Int64
        package let chunk: Chunk
        package let pointName: String
        package let digest: Data
        package let moments: Moments
        package var momentsDigest: Data { moments.digest }

        package init(id: Int64, chunk: Chunk, pointName: String, digest: Data, moments: Moments) {
            self.id = id
            self.chunk = chunk
            self.pointName = pointName
            self.digest = digest
            self.moments = moments
        }
    }

    package let path: String
    private let queue: DatabaseQueue

    /// - Parameter isSealed: whether nobody writes to the file any more, so that it need not be locked for reading.
    package init(path: String, isSealed: Bool = false) throws(HistoryError) {
        self.path = path
        do {
            queue = try DatabaseQueue.reading(path, as: isSealed ? DayFile.unlocked(path) : nil)
            let (application, version) = try queue.read {
                (
                    try Int32.fetchOne($0, sql: "PRAGMA application_id") ?? 0,
                    try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0
                )
            }
            guard application == DayFileSchema.applicationID else {
                throw HistoryError(
                    .damaged, "\(path) is no day file (application_id \(application)); only hazardd writes to history/")
            }
            guard version == DayFileSchema.version else {
                throw HistoryError(
                    .damaged, "\(path) is of layout \(version); this program reads layout \(DayFileSchema.version)")
            }
        } catch {
            throw HistoryError(error, file: path)
        }
    }

    /// SQLite's name for a file that does not change.
    private static func unlocked(_ path: String) -> String {
        let escaped = path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
        return "file:\(escaped)?immutable=1"
    }

    /// The chunks of a point that can hold samples of these times, in the order they were recorded.
    package func chunks(of point: Int64, from first: Int64, through last: Int64) throws(HistoryError) -> [Entry] {
        do {
            // Whatever a chunk refers to was written in the same transaction.
            return try queue.unsafeRead { db in
                var cursor = try ChunkCursor(
                    db, "WHERE point = ? AND t_first <= ? AND t_last >= ? ORDER BY id", [point, last, first])
                var entries: [Entry] = []
                while let entry = try cursor.next() { entries.append(entry) }
                return entries
            }
        } catch {
            throw HistoryError(error, file: path)
        }
    }

    /// Hands over every chunk, by the order in which they were written.
    /// - Parameter rows: only those that came from exactly these journal rows.
    package func forEachChunk(
        ofRows rows: ClosedRange<Int64>? = nil, _ body: (Entry) throws -> Void
    ) throws {
        do {
            try queue.read { db in
                let condition = rows == nil ? "" : "WHERE j_first = ? AND j_last = ?"
                var cursor = try ChunkCursor(
                    db, "\(condition) ORDER BY id", rows.map { [$0.lowerBound, $0.upperBound] } ?? [])
                while let entry = try cursor.next() { try body(entry) }
            }
        } catch let error as DatabaseError {
            throw HistoryError(error, file: path)
        }
    }

    /// The points that have chunks, by name and number.
    package func points() throws(HistoryError) -> [(number: Int64, name: String)] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT DISTINCT point, name FROM chunk ORDER BY point").map {
                ($0["point"] ?? 0, $0["name"] ?? "")
            }
        }
    }

    /// What SQLite's own check says of the file, and whether figures of chunks are there in part; nil if it holds
    /// together.
    package func integrityComplaint() throws(HistoryError) -> String? {
        let found = try read { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") ?? "ok" }
        guard found == "ok" else { return found }
        let partial =
            "SELECT id FROM chunk WHERE (min IS NULL) + (max IS NULL) + (sum IS NULL) NOT IN (0, 3)"
        return try read { try Int64.fetchOne($0, sql: partial) }.map {
            "chunk \($0) has but some of min, max and sum"
        }
    }

    /// The journal rows its chunks came from, one range a compaction.
    package func rowRanges() throws(HistoryError) -> [ClosedRange<Int64>] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT DISTINCT j_first, j_last FROM chunk ORDER BY j_first").map {
                let first: Int64 = $0["j_first"] ?? 0
                return first...max(first, $0["j_last"] ?? 0)
            }
        }
    }

    /// The day the file is of.
    package func day() throws(HistoryError) -> LocalDay {
        try read { db in
            guard let row = try Row.fetchOne(db, sql: "SELECT * FROM day") else {
                throw HistoryError(.damaged, "\(self.path): table day is empty; restore it from a backup")
            }
            let times: Range<Int64> = row["t_from"]..<max(row["t_from"], row["t_to"])
            return LocalDay(description: row["day"], times: times)
        }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws(HistoryError) -> Result {
        do {
            return try queue.read(body)
        } catch {
            throw HistoryError(error, file: path)
        }
    }
}
