import Alarms
import Escalation
import GRDB
import Pipeline
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

    /// What a claim adds to a row that was written without one, in bytes: kept free in it, so that the row does not outgrow its
    /// page, which then would have to be divided.
    private static let room = 32

    /// New tasks are stored tier by tier, as a claim takes those that are next in their climbs: what is changed together
    /// lies together.
    /// - Parameter rows: where the open tasks are stored.
    /// - Returns: where they are after the commit.
    static func write(tasks: [TaskChange], rows: [ULID: Int64], _ db: Database) throws -> [ULID: Int64?] {
        guard !tasks.isEmpty else { return [:] }
        // What the index of the open ones looks at is left out where it does not change.
        let claim = "state = ?, attempts = ?, holder = ?, lease_until = ?, lease_announcement = ?, note = ?"
        let all = "\(claim), due_at = ?, wait = ?, announcements = ?, ready_at = ?, failures = ?, retry_at = ?"
        let place = "WHERE rowid = ? AND id = ?"
        var reclaim = try RowStatement(db, "UPDATE escalation_task SET \(claim), room = NULL \(place)")
        var update = try RowStatement(db, "UPDATE escalation_task SET \(all) \(place)")
        var close = try RowStatement(db, "UPDATE escalation_task SET \(all), closed = 1, room = NULL \(place)")
        var changed: [ULID: Int64?] = [:]
        var new: [EscalationTask] = []
        for change in tasks {
            let task = change.task
            guard let row = rows[task.id] else {
                new.append(task)
                continue
            }
            let count: Int
            if change.isOfClaimOnly {
                count = try write(task, claimOnly: true, &reclaim, row)
            } else if task.isClosed {
                count = try write(task, claimOnly: false, &close, row)
                changed.updateValue(nil, forKey: task.id)
            } else {
                count = try write(task, claimOnly: false, &update, row)
            }
            if count == 0 { new.append(task) }
        }
        try insert(new.sorted { $0.step < $1.step }, &changed, db)
        return changed
    }

    private static func write(
        _ task: EscalationTask, claimOnly: Bool, _ statement: inout RowStatement, _ row: Int64
    ) throws -> Int {
        bind(claimOf: task, to: &statement)
        if !claimOnly { bind(restOf: task, to: &statement) }
        statement.bind(row)
        // A row that is another task's by now is not touched.
        statement.bind(task.id.description)
        return try statement.run()
    }

    private static func insert(
        _ tasks: [EscalationTask], _ changed: inout [ULID: Int64?], _ db: Database
    ) throws {
        guard !tasks.isEmpty else { return }
        var insert = try RowStatement(
            db,
            """
            INSERT OR REPLACE INTO escalation_task
            (state, attempts, holder, lease_until, lease_announcement, note, due_at, wait, announcements, ready_at,
            failures, retry_at, id, closed, episode, subject, tier, step, room)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, zeroblob(\(room)))
            """)
        for task in tasks {
            bind(claimOf: task, to: &insert)
            bind(restOf: task, to: &insert)
            insert.bind(task.id.description)
            insert.bind(task.isClosed)
            insert.bind(task.episode.description)
            insert.bind(task.subject)
            insert.bind(task.tier)
            insert.bind(Int64(task.step))
            try insert.run()
            if !task.isClosed { changed.updateValue(db.lastInsertedRowID, forKey: task.id) }
        }
    }

    private static func bind(claimOf task: EscalationTask, to row: inout RowStatement) {
        row.bind(task.state.rawValue)
        row.bind(Int64(task.attempts))
        row.bind(task.lease?.holder)
        row.bind(task.lease?.until)
        row.bind(task.lease.map { Int64($0.announcement) })
        row.bind(task.note)
    }

    private static func bind(restOf task: EscalationTask, to row: inout RowStatement) {
        row.bind(task.dueAt)
        row.bind(task.wait)
        row.bind(Int64(task.announcements))
        row.bind(task.readyAt)
        row.bind(Int64(task.failures))
        row.bind(task.retryAt)
    }
}
