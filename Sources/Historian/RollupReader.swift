import Foundation
import GRDB

/// Reads the summaries of sealed days; safe on any thread.
package final class RollupReader: Sendable {
    /// The minutes of one day.
    struct Day {
        /// `YYYY-MM-DD`
        let day: String
        let times: Range<Int64>
        let bytes: Data
    }

    private let path: String
    private let queue: DatabaseQueue

    /// Nil while no day was ever sealed.
    package init?(path: String) throws(HistoryError) {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        self.path = path
        do {
            queue = try DatabaseQueue.reading(path)
        } catch {
            throw HistoryError(error, file: path)
        }
    }

    /// The days whose minutes are kept and that overlap these times, oldest first.
    func days(of point: Int64, _ times: Range<Int64>) throws(HistoryError) -> [Day] {
        try read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT * FROM minutes WHERE id BETWEEN ? AND ? AND t_from < ? AND t_to > ? ORDER BY id")
            // The day that the first time lies in may have begun some hours before.
            let keys = (
                RollupFile.key(
                    point, from: max(times.lowerBound, .min + RollupFile.longestDay) - RollupFile.longestDay),
                RollupFile.key(point, from: times.upperBound)
            )
            let rows = try Row.fetchAll(
                statement, arguments: [keys.0, keys.1, times.upperBound, times.lowerBound])
            return rows.map { row in
                let start: Int64 = row["t_from"]
                return Day(day: row["day"], times: start..<max(start, row["t_to"]), bytes: row["bytes"])
            }
        }
    }

    private func read<Result>(_ body: (Database) throws -> Result) throws(HistoryError) -> Result {
        do {
            return try queue.read(body)
        } catch {
            throw HistoryError(error, file: path)
        }
    }
}

extension RollupReader {
    /// The whole minutes within a stretch of time.
    static func wholeMinutes(_ times: Range<Int64>) -> Range<Int64> {
        guard !times.isEmpty else { return 0..<0 }
        let start = RollupEntry.start(of: times.lowerBound + RollupFile.minute - 1, width: RollupFile.minute)
        let end = RollupEntry.start(of: times.upperBound, width: RollupFile.minute)
        return start..<max(start, end)
    }
}
