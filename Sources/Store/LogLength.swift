import GRDB
import GRDBSQLite
import Synchronization

/// How long the write-ahead log is, kept by SQLite's own account after every commit of one connection. The file's size does
/// not tell: it stays as it was when the log begins anew.
final class LogLength: Sendable {
    private let length = Atomic<Int>(0)

    /// Watches the commits of a connection, which must be closed before this ends (sqlite3_wal_hook).
    init(of database: Database) {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        _ = unsafe sqlite3_wal_hook(
            database.sqliteConnection,
            { context, _, _, pages in
                guard let context = unsafe context else { return SQLITE_OK }
                let log = unsafe Unmanaged<LogLength>.fromOpaque(context).takeUnretainedValue()
                log.length.store(Int(pages), ordering: .relaxed)
                return SQLITE_OK
            }, context)
    }

    /// Pages in the log after the last commit.
    var pages: Int { length.load(ordering: .relaxed) }
}
