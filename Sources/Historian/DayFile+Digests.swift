package import Foundation
import GRDB

extension DayFile {
    /// The hashes kept with the chunks, in the order in which they were written.
    /// - Parameter rows: only of those that came from exactly these journal rows.
    package func digests(ofRows rows: ClosedRange<Int64>? = nil) throws(HistoryError) -> [Data] {
        try read { db in
            let condition = rows == nil ? "" : "WHERE j_first = ? AND j_last = ?"
            let arguments: StatementArguments = rows.map { [$0.lowerBound, $0.upperBound] } ?? []
            return try Data.fetchAll(
                db, sql: "SELECT sha256 FROM chunk \(condition) ORDER BY id", arguments: arguments)
        }
    }
}
