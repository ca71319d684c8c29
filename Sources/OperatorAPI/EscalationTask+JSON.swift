import Alarms
package import Escalation
import Telemetry

extension EscalationTask {
    /// The task as it stands, for lists and answers.
    package var json: String { members.object }

    /// What every form of a task begins with.
    var members: JSONText {
        var json = JSONText()
        json.member("id", id)
        json.member("episode", episode)
        json.member("subject", subject)
        json.member("tier", tier)
        json.member("step", Int64(step))
        json.member("state", state.rawValue)
        json.member("due_at", dueAt)
        json.member("announcements", Int64(announcements))
        json.member("ready_at", readyAt)
        json.member("attempts", Int64(attempts))
        json.member("failures", Int64(failures))
        json.member("holder", state == .leased || state == .done ? lease?.holder : nil)
        json.member("lease_until", state == .leased ? lease?.until : nil)
        json.member("retry_at", retryAt)
        json.member("note", note)
        json.member("closed", isClosed)
        return json
    }
}

extension ClaimedEscalation {
    /// The task with what a consumer needs to tell the tier, and to report on it.
    var object: JSONText {
        var json = task.members
        json.member("claim", Int64(task.attempts))
        json.member("idempotency_key", task.idempotencyKey)
        json.member("area", area.joined(separator: "/"))
        json.member("alarm", by: alarm)
        return json
    }
}
