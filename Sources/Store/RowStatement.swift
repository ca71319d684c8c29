import GRDB
import GRDBSQLite

/// A statement out of the database's cache whose values are bound one after the other: for rows written by the hundred
/// in one commit, where a list of boxed values for each costs more than the row itself.
struct RowStatement {
    private let database: Database
    private let statement: Statement
    private var place: CInt = 0

    init(_ database: Database, _ sql: String) throws {
        self.database = database
        statement = try database.cachedStatement(sql: sql)
    }

    mutating func bind(_ value: Int64?) {
        place += 1
        guard let value else { return bindNull() }
        _ = unsafe sqlite3_bind_int64(statement.sqliteStatement, place, value)
    }

    mutating func bind(_ value: Bool) { bind(Int64(value ? 1 : 0)) }

    mutating func bind(_ value: Double?) {
        place += 1
        guard let value else { return bindNull() }
        _ = unsafe sqlite3_bind_double(statement.sqliteStatement, place, value)
    }

    mutating func bind(_ value: String?) {
        place += 1
        guard var value else { return bindNull() }
        value.withUTF8 { text in
            // SQLite's SQLITE_TRANSIENT, which is a cast and so not imported: the text is copied.
            let copied = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            _ = unsafe text.withMemoryRebound(to: CChar.self) { text in
                unsafe sqlite3_bind_text(
                    statement.sqliteStatement, place, text.baseAddress, CInt(text.count), copied)
            }
        }
    }

    private func bindNull() {
        _ = unsafe sqlite3_bind_null(statement.sqliteStatement, place)
    }

    /// Carries it out with what was bound, and is ready for the next row.
    /// - Returns: how many rows it changed.
    @discardableResult
    mutating func run() throws -> Int {
        let code = unsafe sqlite3_step(statement.sqliteStatement)
        let message = code == SQLITE_DONE ? nil : database.lastErrorMessage
        _ = unsafe sqlite3_reset(statement.sqliteStatement)
        place = 0
        guard code == SQLITE_DONE else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: statement.sql)
        }
        return database.changesCount
    }
}
