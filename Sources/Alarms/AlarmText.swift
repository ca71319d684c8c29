package import Telemetry

/// What the JSON of an alarm says whatever the occasion, written once for the many times that it is sent: a flood's
/// escalations go to every tier, and come back from each.
package struct AlarmText: Sendable {
    private let before: JSONText
    private let after: JSONText

    package init(_ alarm: Alarm) {
        var json = JSONText()
        json.member("episode", alarm.episode)
        json.member("site", alarm.subject.site)
        json.member("source", alarm.source.isEmpty ? nil : alarm.source)
        json.member("point", alarm.point)
        json.member("object", alarm.subject.object)
        json.member("condition", alarm.subject.condition.name)
        json.member("priority", alarm.priority.name)
        json.member("state", alarm.state.name)
        json.member("suppression", alarm.suppression.name)
        json.member("value", alarm.value)
        json.member("unit", alarm.unit)
        json.member("limit", alarm.limit)
        json.member("sampled_at", alarm.sampledAt)
        json.member("received_at", alarm.receivedAt)
        json.member("raised_at", alarm.raisedAt)
        if let confirmedAt = alarm.confirmedAt { json.member("confirmed_at", confirmedAt) }
        if let until = alarm.withdrawnUntil { json.member(named: "\(alarm.suppression.name)_until", until) }
        if let permit = alarm.permit { json.member("permit", permit) }
        if let firstOut = alarm.firstOut { json.member("first_out", firstOut) }
        if let exerciseUntil = alarm.exerciseUntil { json.member("exercise_until", exerciseUntil) }
        before = json.kept
        json = JSONText()
        json.member("consequence", alarm.consequence)
        json.member("action", alarm.action)
        json.member("cause", alarm.cause)
        json.member("exercise", alarm.isExercise)
        after = json.kept
    }

    /// With what belongs to one occasion, as `Alarm.json` has it.
    package func object(
        actor: String? = nil, comment: String? = nil, tier: String? = nil, escalation: ULID? = nil,
        recipients: String? = nil
    ) -> JSONText {
        var json = JSONText(beginningWith: before)
        json.member("actor", actor)
        json.member("comment", comment)
        json.member("tier", tier)
        if let escalation { json.member("escalation", escalation) }
        if let recipients { json.member("recipients", json: recipients) }
        json.members(of: after)
        return json
    }
}
