import Alarms
import GRDB
package import Pipeline
import Telemetry

extension StateReader {
    /// When the hold of an episode that is not over ends: never, as far as retention is concerned.
    package static let openEnd: Int64 = 253_402_300_799_999

    /// What retention must leave alone, oldest first. While the episode's alarm stands, its hold has no end (`openEnd`).
    package func holds() throws(StoreError) -> [Hold] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT h.*, a.episode IS NOT NULL AS open FROM hold h LEFT JOIN alarm a ON a.episode = h.episode
                    ORDER BY h.t_from, h.episode
                    """
            ).map { row in
                let text: String = row["subject"]
                guard let episode = ULID(row["episode"] as String), let subject = AlarmSubject(text) else {
                    throw StoreError(
                        .foreign, "table hold holds a row that no hazardd wrote: \(text); restore a backup")
                }
                let first: Int64 = row["t_from"]
                let last: Int64 = row["open"] ? StateReader.openEnd : row["t_to"]
                return Hold(
                    episode: episode, subject: subject, site: row["site"], source: row["source"],
                    times: first...max(first, last))
            }
        }
    }
}
