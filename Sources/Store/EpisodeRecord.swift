package import Alarms
package import Escalation
package import Registry
package import Telemetry

/// What is on record of one episode and its escalation.
package struct EpisodeRecord: Sendable {
    /// The alarm's `site/object/CONDITION`.
    package let subject: String
    /// The alarm as it stands; nil once the episode has ended.
    package let alarm: Alarm?
    /// The policy that the episode was born under; kept while it lasts.
    package let policy: EscalationPolicy?
    /// Those of every climb, the oldest climb first, and each climb's nearest tier first.
    package let tasks: [EscalationTask]
    /// Its events, by sequence.
    package let steps: [EpisodeStep]

    init(
        subject: String, alarm: Alarm?, policy: EscalationPolicy?, tasks: [EscalationTask], steps: [EpisodeStep]
    ) {
        self.subject = subject
        self.alarm = alarm
        self.policy = policy
        self.tasks = tasks
        self.steps = steps
    }

    /// The site's name.
    package var site: String { String(subject.prefix { $0 != "/" }) }

    /// Tasks of the climb that goes on; none if it has ended, or there was none.
    package var openTasks: [EscalationTask] { tasks.filter { !$0.isClosed } }

    /// Whether a step says that a tier was passed over.
    package func isPassedOver(_ step: EpisodeStep) -> Bool {
        step.isEscalation && step.kind == "failed"
            && tasks.contains { $0.state == .skipped && $0.id.description == step.escalation }
    }

    /// As the latest event has it.
    package var priority: Priority? {
        alarm?.priority ?? steps.last { $0.priority != nil }?.priority
    }

    /// The hazard source; empty where there is none.
    package var source: String { alarm?.source ?? steps.last { $0.source != nil }?.source ?? "" }

    /// What ended the last climb: what happened to the alarm in the moment in which its tasks were cancelled, or the first
    /// thing after the last tier's turn that can have. Nil while it goes on, and where there was none.
    /// - Parameter policy: the one that the episode went by.
    package func ending(by policy: EscalationPolicy) -> EpisodeStep? {
        guard !tasks.isEmpty, openTasks.isEmpty else { return nil }
        let stops = policy.stopOn(priority ?? .critical)
        let after = steps.lastIndex(where: \.isTurn).map { steps[($0 + 1)...] } ?? steps[...]
        guard let cancelled = after.last(where: { $0.isEscalation && $0.kind == "cancelled" }) else {
            return after.first { $0.canEnd(stops) }
        }
        let meanwhile = after.filter { $0.time == cancelled.time && $0.canEnd(stops) }
        return meanwhile.last { $0.sequence < cancelled.sequence } ?? meanwhile.first ?? cancelled
    }
}

extension EpisodeStep {
    /// Whether a tier's turn came.
    fileprivate var isTurn: Bool { isEscalation && (kind == "due" || kind == "failed" && actor == nil) }

    /// Whether such an event of the alarm ends a climb, by the policy or whatever it says.
    fileprivate func canEnd(_ stops: Set<StopEvent>) -> Bool {
        guard !isEscalation, let kind = AlarmEventKind(rawValue: kind) else { return false }
        switch kind {
        case .acknowledged: return stops.contains(.acknowledged)
        case .confirmed: return stops.contains(.confirmed)
        case .returned: return stops.contains(.returned)
        case .cleared, .reset, .shelved, .suppressed, .removedFromService: return true
        case .raised, .realarmed, .unshelved, .unsuppressed, .returnedToService, .late: return false
        }
    }
}
