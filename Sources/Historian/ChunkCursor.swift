import Foundation
import GRDB
import GRDBSQLite

/// Steps through chunks of a day file. Columns are taken from SQLite itself: what it hands over is of the kind asked for,
/// whatever somebody has put there, and bytes are copied once.
struct ChunkCursor: ~Copyable {
    private static let columns = """
        SELECT id, point, name, t_first, t_last, count, min, max, sum, j_first, j_last, sha256, moments, times, shifts, bytes
        FROM chunk
        """

    private let db: Database
    private let statement: Statement
    /// The times that were looked up last.
    private var shared: (holder: Int64, moments: Moments)?

    /// - Parameters:
    ///   - clause: what follows `FROM chunk`, with a place for each of `arguments`.
    init(_ db: Database, _ clause: String, _ arguments: [Int64]) throws {
        self.db = db
        statement = try db.cachedStatement(sql: "\(ChunkCursor.columns) \(clause)")
        unsafe sqlite3_reset(statement.sqliteStatement)
        for (place, argument) in arguments.enumerated() {
            unsafe sqlite3_bind_int64(statement.sqliteStatement, CInt(place + 1), argument)
        }
    }

    deinit {
        unsafe sqlite3_reset(statement.sqliteStatement)
    }

    /// Nil after the last.
    mutating func next() throws -> DayFile.Entry? {
        guard try ChunkCursor.step(statement, db) else { return nil }
        let row = unsafe SQLiteRow(statement.sqliteStatement)
        let id = row.integer(0)
        let isOwn = row.isNull(12)
        let holder = isOwn ? id : row.integer(12)
        let count = Int(clamping: row.integer(5))
        let moments =
            isOwn
            ? Moments(count: count, bytes: row.bytes(13), shifts: row.bytes(14)) : try moments(of: holder)
        let rows = row.integer(9)...max(row.integer(9), row.integer(10))
        let hasFigures = !row.isNull(6) && !row.isNull(7) && !row.isNull(8)
        let chunk = Chunk(
            point: row.integer(1), first: row.integer(3), last: row.integer(4), count: count,
            summary: hasFigures
                ? Chunk.Summary(least: row.double(6), greatest: row.double(7), sum: row.double(8)) : nil,
            moments: holder, rows: rows, bytes: row.bytes(15))
        return DayFile.Entry(id: id, chunk: chunk, pointName: row.text(2), digest: row.bytes(11), moments: moments)
    }

    /// Times that another chunk has; empty if it has none.
    private mutating func moments(of holder: Int64) throws -> Moments {
        if let shared, shared.holder == holder { return shared.moments }
        let statement = try db.cachedStatement(sql: "SELECT count, times, shifts FROM chunk WHERE id = ?")
        unsafe sqlite3_reset(statement.sqliteStatement)
        unsafe sqlite3_bind_int64(statement.sqliteStatement, 1, holder)
        defer { unsafe sqlite3_reset(statement.sqliteStatement) }
        var moments = Moments(count: 0, bytes: Data(), shifts: Data())
        if try ChunkCursor.step(statement, db) {
            let row = unsafe SQLiteRow(statement.sqliteStatement)
            moments = Moments(count: Int(clamping: row.integer(0)), bytes: row.bytes(1), shifts: row.bytes(2))
        }
        shared = (holder, moments)
        return moments
    }

    /// - Returns: whether there is another row.
    private static func step(_ statement: Statement, _ db: Database) throws -> Bool {
        let code = unsafe sqlite3_step(statement.sqliteStatement)
        guard code != SQLITE_ROW else { return true }
        guard code != SQLITE_DONE else { return false }
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
    }
}

/// The row that a statement stands at.
@safe private struct SQLiteRow {
    private let statement: OpaquePointer

    init(_ statement: OpaquePointer) { unsafe self.statement = statement }

    func isNull(_ column: CInt) -> Bool { unsafe sqlite3_column_type(statement, column) == SQLITE_NULL }

    func integer(_ column: CInt) -> Int64 { unsafe sqlite3_column_int64(statement, column) }

    func double(_ column: CInt) -> Double { unsafe sqlite3_column_double(statement, column) }

    /// Empty for NULL.
    func bytes(_ column: CInt) -> Data {
        guard let start = unsafe sqlite3_column_blob(statement, column) else { return Data() }
        return unsafe Data(bytes: start, count: Int(sqlite3_column_bytes(statement, column)))
    }

    func text(_ column: CInt) -> String { String(decoding: bytes(column), as: UTF8.self) }
}
