import Chunks
import Foundation
import GRDB

/// Summaries of sealed days: hours as plain rows for anybody's SQL, minutes as one block a point and day
/// (`schemas/state.md`). They follow from the day files and can be made from them again.
///
/// Summaries of a day that still has its samples only save time: minutes are left out where they would take much beside
/// the samples, hours of a day that is but a fragment, and both are written when the samples go.
package final class RollupFile: Sendable {
    static let minute: Int64 = 60_000
    static let hour: Int64 = 3_600_000
    /// Milliseconds; with clocks set back, and zones that jump over the date line.
    static let longestDay: Int64 = 48 * hour

    /// The minutes of a day pay if they take at most one byte for so many samples, a sixteenth of a byte each: at 1 Hz that
    /// is 3.75 bytes a minute, which tanks and pipes need less than, noise of six digits more.
    private static let samplesPerByte = 16
    /// A day with samples in so few hours is a fragment, of which an hour's row takes much beside the samples.
    private static let fragment = 6
    /// Bytes.
    private static let mostRewritten: Int64 = 32 << 20

    /// Marks the file as ours: "HZD3".
    private static let applicationID: Int32 = 0x485A_4433

    /// In few words, so that it goes into the first page.
    private static let tables = """
        PRAGMA application_id=\(applicationID);
        PRAGMA user_version=1;
        CREATE TABLE point(id INTEGER PRIMARY KEY,name TEXT NOT NULL)STRICT;
        CREATE TABLE hour(point INT,t INT,count INT,min REAL,max REAL,sum REAL,PRIMARY KEY(point,t))STRICT,WITHOUT ROWID;
        CREATE TABLE minutes(id INTEGER PRIMARY KEY,point INT,day TEXT NOT NULL,t_from INT NOT NULL,t_to INT NOT NULL,\
        bytes BLOB NOT NULL)STRICT;
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
        try attempt { try $0.beginTransaction(.immediate) }
    }

    func commit() throws(HistoryError) {
        try attempt { try $0.commit() }
    }

    /// Forgets what was written since `begin`, unless it was committed.
    func abandon() {
        try? attempt { db in if db.isInsideTransaction { try db.rollback() } }
    }

    /// Replaces what is kept of a point and day.
    func write(_ series: SampleSeries, point: Int64, name: String, day: LocalDay) throws(HistoryError) {
        let minutes = MinuteBlock.encode(RollupEntry.gather(series, width: RollupFile.minute))
        let hours = RollupEntry.gather(series, width: RollupFile.hour)
        try attempt { db in
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO point VALUES (?, ?)").execute(arguments: [point, name])
            if hours.count > RollupFile.fragment { try RollupFile.insert(hours, point, day, db) }
            if minutes.count * RollupFile.samplesPerByte <= series.count {
                try RollupFile.insert(minutes, point, day, db)
            } else {
                try db.cachedStatement(sql: "DELETE FROM minutes WHERE id = ?")
                    .execute(arguments: [RollupFile.key(point, from: day.times.lowerBound)])
            }
        }
    }

    /// Where the minutes of a point and day stand among all: by point, then by time. Days are many hours apart.
    static func key(_ point: Int64, from time: Int64) -> Int64 {
        let hours = (Double(time) / Double(RollupFile.hour)).rounded(.down)
        return (point << 32) + min(max(Int64(hours) + (1 << 31), 0), (1 << 32) - 1)
    }

    /// Whether minutes and hours of a point and day are kept.
    func hasAll(of point: Int64, _ day: LocalDay) throws(HistoryError) -> Bool {
        try attempt { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM minutes WHERE id = ?)
                    AND EXISTS (SELECT 1 FROM hour WHERE point = ? AND t >= ? AND t < ?)
                    """)
            return try Bool.fetchOne(
                statement,
                arguments: [
                    RollupFile.key(point, from: day.times.lowerBound), point, day.times.lowerBound,
                    day.times.upperBound,
                ]) ?? false
        }
    }

    /// Keeps minutes and hours of a point and day of which the samples are about to go.
    func writeAll(of series: SampleSeries, point: Int64, day: LocalDay) throws(HistoryError) {
        let minutes = MinuteBlock.encode(RollupEntry.gather(series, width: RollupFile.minute))
        let hours = RollupEntry.gather(series, width: RollupFile.hour)
        try attempt { db in
            try RollupFile.insert(minutes, point, day, db)
            try RollupFile.insert(hours, point, day, db)
        }
    }

    private static func insert(_ hours: [RollupEntry], _ point: Int64, _ day: LocalDay, _ db: Database) throws {
        let insert = try db.cachedStatement(sql: "INSERT OR REPLACE INTO hour VALUES (?, ?, ?, ?, ?, ?)")
        for hour in hours {
            // Where days begin within an hour of UTC, its parts are kept apart by when they begin.
            let start = max(hour.start, day.times.lowerBound)
            try insert.execute(arguments: [point, start, hour.count, hour.least, hour.greatest, hour.sum])
        }
    }

    private static func insert(_ minutes: [UInt8], _ point: Int64, _ day: LocalDay, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO minutes VALUES (?, ?, ?, ?, ?, ?)").execute(arguments: [
            key(point, from: day.times.lowerBound), point, day.description, day.times.lowerBound,
            day.times.upperBound, Data(minutes),
        ])
    }

    /// Rewrites a file of which much is unused: points' hours are put in between each other, day after day. Readers wait
    /// while a file is rewritten, so that larger ones are left as they are.
    func tighten() throws(HistoryError) {
        try attempt { db in
            let bytes = try Int64.fetchOne(db, sql: "SELECT SUM(pgsize) FROM dbstat") ?? 0
            let unused = try Int64.fetchOne(db, sql: "SELECT SUM(unused) FROM dbstat") ?? 0
            guard bytes <= RollupFile.mostRewritten, unused * 8 > bytes else { return }
            try db.execute(sql: "VACUUM")
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
