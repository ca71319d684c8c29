package import Foundation
import GRDB
import GRDBSQLite
import Glibc

/// Adds chunks to one day file, all of one pass in one transaction.
///
/// Used by one thread at a time.
package final class DayFileWriter {
    package let path: String
    let isFinal: Bool
    private let queue: DatabaseQueue

    /// Opens the file, or makes it.
    /// - Parameters:
    ///   - isFinal: a file that is written once and then only read: it keeps no write-ahead log.
    ///   - pageSize: of such a file, in bytes.
    package init(
        path: String, day: LocalDay, node: String, timeZone: String, isFinal: Bool = false, pageSize: Int = 512
    ) throws(HistoryError) {
        self.path = path
        self.isFinal = isFinal
        do {
            if !isFinal, !FileManager.default.fileExists(atPath: path) {
                try DayFileWriter.make(path, day, node: node, timeZone: timeZone)
            }
            var configuration = GRDB.Configuration()
            configuration.busyMode = .timeout(10)
            // One pass is one transaction, but many calls.
            configuration.allowsUnsafeTransactions = true
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA page_size = \(pageSize)")
                try db.execute(sql: "PRAGMA journal_mode = \(isFinal ? "DELETE" : "WAL")")
                try db.execute(sql: "PRAGMA synchronous = FULL")
                if !isFinal { unsafe DayFileWriter.keepLog(db.sqliteConnection) }
            }
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write { db in
                guard try !db.tableExists("chunk") else { return }
                try DayFileSchema.create(in: db, day, node: node, timeZone: timeZone)
            }
        } catch {
            throw HistoryError(error, file: path)
        }
    }

    /// Makes a growing file, whole before it has its name: readers look into the folder at any time, and a process can end
    /// at any. What one left unfinished is removed at the next start (`DaySealer.recover`).
    private static func make(_ path: String, _ day: LocalDay, node: String, timeZone: String) throws {
        let unfinished = path + ".new"
        for suffix in ["", "-journal"] { _ = unsafe unlink(unfinished + suffix) }
        let queue = try DatabaseQueue(path: unfinished)
        try queue.inDatabase { db in
            try db.execute(sql: "PRAGMA page_size = \(DayFileSchema.pageSize)")
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.inTransaction {
                try DayFileSchema.create(in: db, day, node: node, timeZone: timeZone)
                try db.execute(sql: DayFileSchema.index)
                return .commit
            }
        }
        try queue.close()
        guard unsafe rename(unfinished, path) == 0 else {
            throw HistoryError(
                .failed, "\(unfinished) cannot be renamed to \(path): \(unsafe String(cString: strerror(errno)))")
        }
    }

    /// The log stays when the file is closed, so that somebody who may only read can open it.
    private static func keepLog(_ connection: OpaquePointer?) {
        var flag: CInt = 1
        _ = unsafe sqlite3_file_control(connection, nil, SQLITE_FCNTL_PERSIST_WAL, &flag)
    }

    /// Begins a pass: takes out what an unfinished one left behind.
    /// - Parameter compacted: the last journal row whose compaction is on record.
    package func begin(after compacted: Int64) throws(HistoryError) {
        try attempt { db in
            try db.beginTransaction(.immediate)
            try db.execute(sql: "DELETE FROM chunk WHERE j_last > ?", arguments: [compacted])
        }
    }

    /// Goes on with a pass that was begun before and put on disk so far.
    package func resume() throws(HistoryError) {
        try attempt { try $0.beginTransaction(.immediate) }
    }

    /// - Parameters:
    ///   - moments: its times; they are written with it unless it names another chunk of this pass that has them.
    /// - Returns: the number under which other chunks name its times, and its SHA-256.
    @discardableResult
    package func add(
        _ chunk: Chunk, pointName: String, moments: Moments, momentsDigest: Data
    ) throws(HistoryError) -> (id: Int64, digest: Data) {
        let digest = chunk.digest(pointName: pointName, momentsDigest: momentsDigest)
        let isOwn = chunk.moments == 0
        let id = try attempt { db in
            try db.cachedStatement(
                sql: """
                    INSERT INTO chunk (point, name, t_first, t_last, count, min, max, sum, j_first, j_last, sha256,
                    moments, times, shifts, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                chunk.point, pointName, chunk.first, chunk.last, chunk.count, chunk.summary?.least,
                chunk.summary?.greatest, chunk.summary?.sum, chunk.rows.lowerBound, chunk.rows.upperBound, digest,
                isOwn ? nil : chunk.moments, isOwn ? moments.bytes : nil,
                isOwn && !moments.shifts.isEmpty ? moments.shifts : nil, chunk.bytes,
            ])
            return db.lastInsertedRowID
        }
        return (id, digest)
    }

    /// Puts the pass on disk.
    package func commit() throws(HistoryError) {
        try attempt { db in
            if self.isFinal,
                try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM chunk") ?? 0 >= DayFileSchema.leastIndexed
            {
                try db.execute(sql: DayFileSchema.index)
            }
            try db.commit()
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    /// Forgets what the pass added.
    package func abandon() {
        try? attempt { db in if db.isInsideTransaction { try db.rollback() } }
    }

    package func close() throws(HistoryError) {
        do {
            try queue.close()
        } catch {
            throw HistoryError(error, file: path)
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
