import GRDB
package import Store
import Telemetry

/// A SQLite file of samples for other people's programs: one table, written in one transaction. Used by one thread.
package final class SampleDatabase {
    private static let table = """
        CREATE TABLE sample (point TEXT NOT NULL, t_ms INTEGER NOT NULL, value REAL, quality INTEGER NOT NULL) STRICT
        """

    private let path: String
    private let queue: DatabaseQueue

    /// Makes the file, which must not be there, and begins.
    package init(path: String) throws(HistoryError) {
        self.path = path
        do {
            var configuration = GRDB.Configuration()
            configuration.allowsUnsafeTransactions = true
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.unsafeReentrantWrite { db in
                try db.beginTransaction(.exclusive)
                try db.execute(sql: SampleDatabase.table)
            }
        } catch {
            throw HistoryError(error, file: path)
        }
    }

    package func add(_ samples: [StoredSample], of point: String) throws(HistoryError) {
        do {
            try queue.unsafeReentrantWrite { db in
                let statement = try db.cachedStatement(sql: "INSERT INTO sample VALUES (?, ?, ?, ?)")
                for sample in samples {
                    try statement.execute(arguments: [
                        point, sample.time, sample.value.isFinite ? sample.value : nil, Int64(sample.quality.rawValue),
                    ])
                }
            }
        } catch {
            throw HistoryError(error, file: path)
        }
    }

    /// Puts the table and its index on disk.
    package func finish() throws(HistoryError) {
        do {
            try queue.unsafeReentrantWrite { db in
                try db.execute(sql: "CREATE INDEX sample_point ON sample(point, t_ms)")
                try db.commit()
            }
            try queue.close()
        } catch {
            throw HistoryError(error, file: path)
        }
    }
}
