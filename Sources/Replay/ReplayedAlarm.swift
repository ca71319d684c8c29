package import Alarms
package import Telemetry

/// An alarm that a set of rules gave in a replay: one stretch during which its condition was active.
package struct ReplayedAlarm: Sendable, Hashable {
    package enum Rules: String, Sendable, CaseIterable {
        case inForce = "in_force"
        case proposed
    }

    package let rules: Rules
    package let subject: AlarmSubject
    package let priority: Priority
    /// UTC milliseconds by the daemon's clock.
    package let raisedAt: Int64
    /// The time of the sample that raised it; the raise's own where no sample did.
    package let sampledAt: Int64
    /// Nil while it lasts.
    package let returnedAt: Int64?

    init(_ activation: Activation, of rules: Rules) {
        self.rules = rules
        subject = activation.subject
        priority = activation.priority
        raisedAt = activation.raisedAt
        sampledAt = activation.sampledAt
        returnedAt = activation.returnedAt
    }
}
