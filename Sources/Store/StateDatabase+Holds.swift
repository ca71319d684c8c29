import Alarms
import GRDB
import Pipeline
import Telemetry

extension StateDatabase {
    /// The same change made twice leaves what the first one left.
    static func write(holds changes: some Collection<HoldChange>, _ db: Database) throws {
        for change in changes {
            let hold = change.hold
            if change.begins {
                try db.cachedStatement(
                    sql: """
                        INSERT INTO hold (episode, subject, site, source, t_from, t_to) VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (episode) DO UPDATE
                        SET t_from = MIN(t_from, excluded.t_from), t_to = MAX(t_to, excluded.t_to)
                        """
                ).execute(arguments: [
                    hold.episode.description, hold.subject.description, hold.site, hold.source, hold.times.lowerBound,
                    hold.times.upperBound,
                ])
            } else {
                try db.cachedStatement(sql: "UPDATE hold SET t_to = MAX(t_to, ?) WHERE episode = ?")
                    .execute(arguments: [hold.times.upperBound, hold.episode.description])
            }
        }
    }
}
