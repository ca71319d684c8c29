import Alarms
import Escalation
import GRDB
import Telemetry

/// Rows that one commit may have by the hundred: standing alarms and escalation tasks.
extension StateDatabase {
    static func write(alarms: [AlarmSubject: Alarm?], _ db: Database) throws {
        guard !alarms.isEmpty else { return }
        // An alarm that stands changes in place: its two indexes are pages of the commit less.
        var update = try RowStatement(
            db,
            """
            UPDATE alarm SET
            state = ?, latching = ?, suppression = ?, priority = ?, source = ?, point = ?, unit = ?,
            value = ?, alarm_limit = ?, sampled_at = ?, received_at = ?, raised_at = ?,
            announced = ?, realarm_at = ?, cause = ?, consequence_zh = ?, consequence_en = ?,
            action_zh = ?, action_en = ?, body = ?, confirmed_at = ?, withdrawn_until = ?,
            permit = ?, first_out = ?, exercise_until = ?
            WHERE subject = ? AND episode = ?
            """)
        var insert = try RowStatement(
            db,
            """
            INSERT OR REPLACE INTO alarm
            (state, latching, suppression, priority, source, point, unit, value, alarm_limit, sampled_at, received_at,
            raised_at, announced, realarm_at, cause, consequence_zh, consequence_en, action_zh, action_en, body,
            confirmed_at, withdrawn_until, permit, first_out, exercise_until, subject, episode)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        var delete = try RowStatement(db, "DELETE FROM alarm WHERE subject = ?")
        for (subject, alarm) in alarms {
            guard let alarm else {
                delete.bind(subject.description)
                try delete.run()
                continue
            }
            bind(alarm, to: &update)
            guard try update.run() == 0 else { continue }
            bind(alarm, to: &insert)
            try insert.run()
        }
    }

    private static func bind(_ alarm: Alarm, to row: inout RowStatement) {
        row.bind(Int64(alarm.state.rawValue))
        row.bind(alarm.machine.isLatching)
        row.bind(Int64(alarm.suppression.rawValue))
        row.bind(Int64(alarm.priority.rawValue))
        row.bind(alarm.source)
        row.bind(alarm.point)
        row.bind(alarm.unit)
        row.bind(alarm.value)
        row.bind(alarm.limit)
        row.bind(alarm.sampledAt)
        row.bind(alarm.receivedAt)
        row.bind(alarm.raisedAt)
        row.bind(alarm.wasAnnounced)
        row.bind(alarm.realarmAt)
        row.bind(alarm.cause)
        row.bind(alarm.consequence.zh)
        row.bind(alarm.consequence.en)
        row.bind(alarm.action.zh)
        row.bind(alarm.action.en)
        row.bind(alarm.json())
        row.bind(alarm.confirmedAt)
        row.bind(alarm.withdrawnUntil)
        row.bind(alarm.permit)
        row.bind(alarm.firstOut?.description)
        row.bind(alarm.exerciseUntil)
        row.bind(alarm.subject.description)
        row.bind(alarm.episode.description)
    }

    static func write(tasks: [EscalationTask], _ db: Database) throws {
        guard !tasks.isEmpty else { return }
        // What the index of the open ones looks at is left out where it does not change.
        let changing = """
            state = ?, due_at = ?, wait = ?, announcements = ?, ready_at = ?, attempts = ?, failures = ?, holder = ?,
            lease_until = ?, lease_announcement = ?, retry_at = ?, note = ?
            """
        let update = try RowStatement(db, "UPDATE escalation_task SET \(changing) WHERE id = ?")
        let close = try RowStatement(db, "UPDATE escalation_task SET \(changing), closed = 1 WHERE id = ?")
        var insert = try RowStatement(
            db,
            """
            INSERT INTO escalation_task
            (state, due_at, wait, announcements, ready_at, attempts, failures, holder, lease_until, lease_announcement,
            retry_at, note, id, closed, episode, subject, tier, step)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        for task in tasks {
            var change = task.isClosed ? close : update
            bind(task, to: &change)
            guard try change.run() == 0 else { continue }
            bind(task, to: &insert)
            insert.bind(task.isClosed)
            insert.bind(task.episode.description)
            insert.bind(task.subject)
            insert.bind(task.tier)
            insert.bind(Int64(task.step))
            try insert.run()
        }
    }

    private static func bind(_ task: EscalationTask, to row: inout RowStatement) {
        row.bind(task.state.rawValue)
        row.bind(task.dueAt)
        row.bind(task.wait)
        row.bind(Int64(task.announcements))
        row.bind(task.readyAt)
        row.bind(Int64(task.attempts))
        row.bind(Int64(task.failures))
        row.bind(task.lease?.holder)
        row.bind(task.lease?.until)
        row.bind(task.lease.map { Int64($0.announcement) })
        row.bind(task.retryAt)
        row.bind(task.note)
        row.bind(task.id.description)
    }
}
