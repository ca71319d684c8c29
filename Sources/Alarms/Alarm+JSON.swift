package import Telemetry

extension Alarm {
    /// The alarm as it stands, as one JSON object: the `data` of its events and its retained topic.
    /// - Parameters:
    ///   - actor: who acted, where a person did.
    ///   - tier: the escalation tier, for escalation events.
    ///   - escalation: the task's identifier, for escalation events.
    ///   - recipients: who of the tier is told by name, as a JSON list.
    package func json(
        actor: String? = nil, comment: String? = nil, tier: String? = nil, escalation: ULID? = nil,
        recipients: String? = nil
    ) -> String {
        var json = JSONText()
        json.member("episode", episode)
        json.member("site", subject.site)
        json.member("source", source.isEmpty ? nil : source)
        json.member("point", point)
        json.member("object", subject.object)
        json.member("condition", subject.condition.name)
        json.member("priority", priority.name)
        json.member("state", state.name)
        json.member("suppression", suppression.name)
        json.member("value", value)
        json.member("unit", unit)
        json.member("limit", limit)
        json.member("sampled_at", sampledAt)
        json.member("received_at", receivedAt)
        json.member("raised_at", raisedAt)
        if let confirmedAt { json.member("confirmed_at", confirmedAt) }
        if let withdrawnUntil { json.member("\(suppression.name)_until", withdrawnUntil) }
        if let permit { json.member("permit", permit) }
        if let firstOut { json.member("first_out", firstOut) }
        if let exerciseUntil { json.member("exercise_until", exerciseUntil) }
        json.member("actor", actor)
        json.member("comment", comment)
        json.member("tier", tier)
        if let escalation { json.member("escalation", escalation) }
        if let recipients { json.member("recipients", json: recipients) }
        json.member("consequence", consequence)
        json.member("action", action)
        json.member("cause", cause)
        json.member("exercise", isExercise)
        return json.object
    }
}
