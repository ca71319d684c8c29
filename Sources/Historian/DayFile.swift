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
        package let momentsDigest: Data

        package init(
            id: Int64, chunk: Chunk, pointName: String, digest: Data, moments: Moments, momentsDigest: Data
        ) {
            self.id = id
            self.chunk = chunk
            self.pointName = pointName
            self.digest = digest
            self.moments = moments
            self.momentsDigest = momentsDigest
        }
    }

    package let path: String
    private let queue: DatabaseQueue

    /// - Parameter isSealed: whether nobody writes to the file any more, so that it need not be locked for reading.
    package init(path: String, isSealed: Bool = false) throws(HistoryError) {
        self.path = path
        do {
            var configuration = GRDB.Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(10)
            let name = isSealed ? DayFile.unlocked(path) : path
            queue = try DatabaseQueue(path: name, configuration: configuration)
            let application = try queue.read { try Int32.fetchOne($0, sql: "PRAGMA application_id") ?? 0 }
            guard application == DayFileSchema.applicationID else {
                throw HistoryError(
                    .damaged, "\(path) is no day file (application_id \(application)); only hazardd writes to history/")
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
            // One statement is of one moment by itself.
            return try queue.unsafeRead { db in
                let statement = try db.cachedStatement(sql: DayFile.chunksOfPoint)
                let rows = try Row.fetchCursor(statement, arguments: [point, last, first])
                var entries: [Entry] = []
                while let row = try rows.next() { entries.append(DayFile.entry(row)) }
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
                let condition = rows == nil ? "" : "WHERE c.j_first = ? AND c.j_last = ?"
                let arguments: StatementArguments = rows.map { [$0.lowerBound, $0.upperBound] } ?? []
                let found = try Row.fetchCursor(
                    db, sql: "\(DayFile.columns) \(condition) ORDER BY c.id", arguments: arguments)
                while let row = try found.next() { try body(DayFile.entry(row)) }
            }
        } catch let error as DatabaseError {
            throw HistoryError(error, file: path)
        }
    }

    /// The points that have chunks, by name and number.
    package func points() throws(HistoryError) -> [(number: Int64, name: String)] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT id, name FROM point ORDER BY id").map { ($0["id"], $0["name"]) }
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
                let first: Int64 = $0["j_first"]
                return first...max(first, $0["j_last"])
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

    private static let columns = """
        SELECT c.*, p.name, m.count AS moment_count, m.bytes AS moment_bytes, m.shifts AS moment_shifts,
        m.sha256 AS moment_sha256 FROM chunk c LEFT JOIN moments m ON m.id = c.moments LEFT JOIN point p ON p.id = c.point
        """

    private static let chunksOfPoint =
        "\(columns) WHERE c.point = ? AND c.t_first <= ? AND c.t_last >= ? ORDER BY c.id"

    private static func entry(_ row: Row) -> Entry {
        var summary: Chunk.Summary?
        if let least: Double = row["min"], let greatest: Double = row["max"], let sum: Double = row["sum"] {
            summary = Chunk.Summary(least: least, greatest: greatest, sum: sum)
        }
        let firstRow: Int64 = row["j_first"]
        let chunk = Chunk(
            point: row["point"], first: row["t_first"], last: row["t_last"], count: row["count"], summary: summary,
            moments: row["moments"], rows: firstRow...max(firstRow, row["j_last"]), bytes: row["bytes"])
        return Entry(
            id: row["id"], chunk: chunk, pointName: row["name"] ?? "", digest: row["sha256"],
            moments: Moments(
                count: row["moment_count"] ?? 0, bytes: row["moment_bytes"] ?? Data(),
                shifts: row["moment_shifts"] ?? Data()),
            momentsDigest: row["moment_sha256"] ?? Data())
    }

    func read<Result>(_ body: (Database) throws -> Result) throws(HistoryError) -> Result {
        do {
            return try queue.read(body)
        } catch {
            throw HistoryError(error, file: path)
        }
    }
}
