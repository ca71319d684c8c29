package import Telemetry

/// An alarm as it stands: one episode from leaving normal until normal again.
package struct Alarm: Sendable, Hashable {
    package let subject: AlarmSubject
    package let episode: ULID
    package var machine: AlarmMachine
    package var suppression: Suppression
    package var priority: Priority
    /// The hazard source the point belongs to; empty where there is none.
    package var source: String
    /// The point's name; nil for gateways and the node.
    package var point: String?
    package var unit: String?
    /// The value that caused the latest change; nil where the condition has none.
    package var value: Double?
    package var limit: Double?
    /// The source's own time of that value, UTC milliseconds.
    package var sampledAt: Int64?
    /// When the daemon received what caused the latest change, UTC milliseconds.
    package var receivedAt: Int64
    /// When the episode began, UTC milliseconds.
    package let raisedAt: Int64
    /// Whether anyone was told: false while the whole episode was suppressed.
    package var wasAnnounced: Bool
    /// When an acknowledged alarm that persists becomes unacknowledged again, UTC milliseconds.
    package var realarmAt: Int64?
    /// When somebody said that action was taken, UTC milliseconds; nil for never since it was last raised.
    package var confirmedAt: Int64?
    /// Until when it is shelved or out of service, UTC milliseconds; nil if it is neither.
    package var withdrawnUntil: Int64?
    /// The work permit under which it is out of service.
    package var permit: String?
    /// The episode that came first of those that stand together at the hazard source; its own if it was this one, nil if
    /// it takes no part.
    package var firstOut: ULID?
    /// When an exercise ends, UTC milliseconds; nil for a real alarm.
    package var exerciseUntil: Int64?
    /// Why the alarm is as it is, where the condition's name does not say it all.
    package var cause: String?
    package var consequence: BilingualText
    package var action: BilingualText

    package init(
        subject: AlarmSubject, episode: ULID, machine: AlarmMachine, suppression: Suppression = .none,
        priority: Priority, source: String = "", point: String? = nil, unit: String? = nil, value: Double? = nil,
        limit: Double? = nil, sampledAt: Int64? = nil, receivedAt: Int64, raisedAt: Int64, wasAnnounced: Bool = false,
        realarmAt: Int64? = nil, confirmedAt: Int64? = nil, withdrawnUntil: Int64? = nil, permit: String? = nil,
        firstOut: ULID? = nil, exerciseUntil: Int64? = nil, cause: String? = nil,
        consequence: BilingualText = BilingualText(), action: BilingualText = BilingualText()
    ) {
        self.subject = subject
        self.episode = episode
        self.machine = machine
        self.suppression = suppression
        self.priority = priority
        self.source = source
        self.point = point
        self.unit = unit
        self.value = value
        self.limit = limit
        self.sampledAt = sampledAt
        self.receivedAt = receivedAt
        self.raisedAt = raisedAt
        self.wasAnnounced = wasAnnounced
        self.realarmAt = realarmAt
        self.confirmedAt = confirmedAt
        self.withdrawnUntil = withdrawnUntil
        self.permit = permit
        self.firstOut = firstOut
        self.exerciseUntil = exerciseUntil
        self.cause = cause
        self.consequence = consequence
        self.action = action
    }

    package var state: AlarmState { machine.state }

    /// Whether it is a drill (演练): nothing was measured.
    package var isExercise: Bool { exerciseUntil != nil }
}
