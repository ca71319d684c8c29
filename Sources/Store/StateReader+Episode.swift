import Alarms
import Escalation
import GRDB
import Registry
package import Telemetry

extension StateReader {
    /// What is on record of an episode, all of the same moment; nil if there is nothing.
    package func episode(_ episode: ULID) throws(StoreError) -> EpisodeRecord? {
        let name = episode.description
        return try read { db in
            let alarm = try Row.fetchOne(db, sql: "SELECT * FROM alarm WHERE episode = ?", arguments: [name])
                .map { try Alarm(stored: $0) }
            let tasks = try Row.fetchAll(
                db, sql: "SELECT * FROM escalation_task WHERE episode = ? ORDER BY id", arguments: [name]
            ).compactMap { EscalationTask(stored: $0) }
            // With the subject it is the events of one site that are looked through, else the whole log.
            let subject = alarm?.subject.description ?? tasks.first?.subject
            var arguments: StatementArguments = [name]
            if let subject { arguments += [String(subject.prefix { $0 != "/" }), subject] }
            let events = try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM event WHERE json_extract(body, '$.data.episode') = ?
                    \(subject == nil ? "" : "AND site = ? AND subject = ?") ORDER BY sequence
                    """, arguments: arguments
            ).map { row in
                Event(
                    sequence: row["sequence"], type: row["type"], site: row["site"], subject: row["subject"],
                    time: row["time"], route: row["route"], body: row["body"])
            }
            guard let subject = subject ?? events.first?.subject else { return nil }
            let policy = try String.fetchOne(
                db, sql: "SELECT policy FROM episode_policy WHERE episode = ?", arguments: [name])
            return EpisodeRecord(
                subject: subject, alarm: alarm, policy: policy.flatMap { EscalationPolicy(json: $0) },
                tasks: EpisodeRecord.ordered(tasks), steps: events.compactMap { EpisodeStep($0) })
        }
    }
}

extension EpisodeRecord {
    /// Tasks of one climb are made in the same millisecond, in no order of their identifiers.
    fileprivate static func ordered(_ tasks: [EscalationTask]) -> [EscalationTask] {
        tasks.sorted { left, right in
            // The upper 48 bits are the time.
            (left.id.high >> 16, left.step, left.id) < (right.id.high >> 16, right.step, right.id)
        }
    }
}
