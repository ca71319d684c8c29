import Chunks
import Foundation
import GRDB

/// Summaries of sealed days: hours as plain rows for anybody's SQL, minutes as one block a point and day
/// (`schemas/state.md`). They follow from the day files and can be made from them again.
package final class RollupFile: Sendable {
    static let minute: Int64 = 60_000
    static let hour: Int64 = 3_600_000

    /// Marks the file as ours: "HZD3".
    private static let applicationID: Int32 = 0x485A_4433

    private static let tables = """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = 1;
        CREATE TABLE point (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
        CREATE TABLE hour (
            point INTEGER NOT NULL, t INTEGER NOT NULL, count INTEGER NOT NULL, min REAL NOT NULL, max REAL NOT NULL,
            sum REAL NOT NULL, PRIMARY KEY (point, t)) STRICT, WITHOUT ROWID;
        CREATE TABLE minutes (
            point INTEGER NOT NULL, day TEXT NOT NULL, t_from INTEGER NOT NULL, t_to INTEGER NOT NULL,
            bytes BLOB NOT NULL, PRIMARY KEY (point, t_from)) STRICT;
        """

    package let path: String
    private let queue: DatabaseQueue

    /// Opens the file for its one writer, or makes it.
    package init(path: String) throws(HistoryError) {
        self.path = path
        do {
            var configuration = GRDB.Configuration()
            configuration.busyMode = .timeout(10)
            configuration.allowsUnsafeTransactions = true
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA page_size = 512")
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
                try db.execute(sql: "PRAGMA synchronous = FULL")
            }
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write { db in
                if try !db.tableExists("minutes") { try db.execute(sql: RollupFile.tables) }
            }
        } catch {
            throw HistoryError(error, file: path)
        }
    }

    func begin() throws(HistoryError) {
        try attempt { db in
            if db.isInsideTransaction { try db.rollback() }
            try db.beginTransaction(.immediate)
        }
    }

    func commit() throws(HistoryError) {
        try attempt { try $0.commit() }
    }

    /// Replaces what is kept of a point and day.
    func write(_ series: SampleSeries, point: Int64, name: String, day: LocalDay) throws(HistoryError) {
        let minutes = RollupEntry.gather(series, width: RollupFile.minute)
        let hours = RollupEntry.gather(series, width: RollupFile.hour)
        try attempt { db in
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO point VALUES (?, ?)").execute(arguments: [point, name])
            let insert = try db.cachedStatement(sql: "INSERT OR REPLACE INTO hour VALUES (?, ?, ?, ?, ?, ?)")
            for hour in hours {
                // Where days begin within an hour of UTC, its parts are kept apart by when they begin.
                let start = max(hour.start, day.times.lowerBound)
                try insert.execute(
                    arguments: [point, start, hour.count, hour.least, hour.greatest, hour.sum])
            }
            try db.cachedStatement(sql: "INSERT OR REPLACE INTO minutes VALUES (?, ?, ?, ?, ?)").execute(arguments: [
                point, day.description, day.times.lowerBound, day.times.upperBound,
                Data(MinuteBlock.encode(minutes)),
            ])
        }
    }

    /// Forgets what lies before a time.
    func remove(before time: Int64) throws(HistoryError) {
        try attempt { db in
            try db.inTransaction(.immediate) {
                try db.execute(sql: "DELETE FROM hour WHERE t < ?", arguments: [time])
                try db.execute(sql: "DELETE FROM minutes WHERE t_to <= ?", arguments: [time])
                return .commit
            }
        }
    }

    private func attempt<Result>(_ body: (Database) throws -> Result) throws(HistoryError) -> Result {
        do {
            return try queue.unsafeReentrantWrite(body)
        } catch {
            throw HistoryError(error, file: path)
        }
    }
}
