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
        AlarmText(self).object(
            actor: actor, comment: comment, tier: tier, escalation: escalation, recipients: recipients
        ).object
    }
}
