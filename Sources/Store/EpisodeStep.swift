import Alarms
import Foundation
package import Telemetry

/// One event of an episode, as far as an account of its escalation goes by it.
package struct EpisodeStep: Sendable, Hashable {
    /// Somebody of a tier, by name.
    package struct Recipient: Sendable, Hashable, Decodable {
        package let name: String
        /// Why it is them, such as `operational`.
        package let duty: String
    }

    package let sequence: Int64
    /// UTC milliseconds.
    package let time: Int64
    /// The last word of the event's type, such as `raised`, `due` or `acknowledged`.
    package let kind: String
    /// Whether it is of the escalation and not of the alarm itself.
    package let isEscalation: Bool
    package let priority: Priority?
    /// The hazard source.
    package let source: String?
    package let tier: String?
    /// The task's identifier.
    package let escalation: String?
    /// Nil where the policy names nobody.
    package let recipients: [Recipient]?
    package let actor: String?
    package let comment: String?
    package let cause: String?
    package let value: Double?
    package let limit: Double?
    package let unit: String?

    private struct Body: Decodable {
        struct Details: Decodable {
            var priority: String?
            var source: String?
            var tier: String?
            var escalation: String?
            var recipients: [Recipient]?
            var actor: String?
            var comment: String?
            var cause: String?
            var value: Double?
            var limit: Double?
            var unit: String?
        }

        var data: Details
    }

    /// Nil for an event whose body no hazardd wrote.
    init?(_ event: Event) {
        let words = event.type.split(separator: ".")
        guard words.count >= 3, let body = try? JSONDecoder().decode(Body.self, from: Data(event.body.utf8)) else {
            return nil
        }
        sequence = event.sequence
        time = event.time
        kind = String(words[words.count - 2])
        isEscalation = words[1] == "escalation"
        priority = body.data.priority.flatMap { Priority(name: $0) }
        source = body.data.source
        tier = body.data.tier
        escalation = body.data.escalation
        recipients = body.data.recipients
        actor = body.data.actor
        comment = body.data.comment
        cause = body.data.cause
        value = body.data.value
        limit = body.data.limit
        unit = body.data.unit
    }
}
