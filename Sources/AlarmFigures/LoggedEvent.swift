package import Alarms
package import Telemetry

/// One alarm event of the log, as far as the figures go by it.
package struct LoggedEvent: Sendable, Hashable {
    package var kind: AlarmEventKind
    /// When it was recorded, UTC milliseconds.
    package var time: Int64
    package var site: String
    /// `site/object/CONDITION`.
    package var subject: String
    /// The hazard source; empty where there is none.
    package var source = ""
    package var priority = Priority.low
    /// The state after the event.
    package var state = AlarmState.unacknowledged
    package var suppression = Suppression.none
    /// When the episode began, UTC milliseconds.
    package var raisedAt: Int64?
    package var hasActor = false
    package var hasComment = false
    package var hasCause = false
    package var isExercise = false
    /// Of raises and returns only: the value that caused them with its unit, the limit, and the source's own time of
    /// the value, UTC milliseconds.
    package var value: Double?
    package var unit: String?
    package var limit: Double?
    package var sampledAt: Int64?

    package init(_ kind: AlarmEventKind, at time: Int64, site: String, subject: String) {
        self.kind = kind
        self.time = time
        self.site = site
        self.subject = subject
    }

    /// Whether the operator was told of the alarm anew.
    package var isAnnunciation: Bool { kind.annunciates(state, suppression) }

    /// Whether it counts at all: exercises do not, nor does FLOOD, which tells only of the others.
    package var concernsOperators: Bool { !isExercise && !isFlood }

    private var isFlood: Bool {
        site == AlarmSubject.nodeSite && subject.hasSuffix("/" + Condition.flood.name)
    }

    /// Whether the condition was true before the event.
    var wasActive: Bool {
        switch kind {
        case .returned, .realarmed: true
        case .raised, .cleared, .reset: false
        case .acknowledged, .confirmed, .shelved, .unshelved, .suppressed, .unsuppressed, .removedFromService,
            .returnedToService, .late:
            state.isActive
        }
    }

    /// Whether it took an alarm out of sight without what that needs: a person and a reason to shelve it or to take it
    /// out of service, the alarm that explains it to suppress it by design.
    var isUnauthorisedSuppression: Bool {
        guard kind.hides else { return false }
        switch suppression {
        case .none: return false
        case .suppressedByDesign: return !hasCause
        case .shelved, .outOfService: return !(hasActor && hasComment)
        }
    }
}
