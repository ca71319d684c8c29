package import Alarms

/// What an alarm event of the log tells the figures.
extension AlarmEventKind {
    /// Reads a CloudEvents type; nil for late samples, by which no figure goes, and for every other one.
    package init?(loggedType type: String) {
        guard let kind = AlarmEventKind.byType[type] else { return nil }
        self = kind
    }

    private static let byType = Dictionary(
        uniqueKeysWithValues: allCases.filter { $0 != .late }.map { ($0.type, $0) })

    /// Whether an event of this kind is an annunciation: the moment at which an alarm begins to ask for the operator's
    /// attention. That is a raise (again within an episode, too), a re-alarm, and the release of a suppressed alarm
    /// that nobody has acknowledged; what is suppressed asks for nothing.
    package func annunciates(_ state: AlarmState, _ suppression: Suppression) -> Bool {
        guard suppression == .none else { return false }
        return self == .raised || self == .realarmed || (releases && state == .unacknowledged)
    }

    /// Whether an operator did something about the alarm.
    var isOperatorAction: Bool {
        switch self {
        case .acknowledged, .confirmed, .reset, .shelved, .removedFromService: true
        default: false
        }
    }

    /// Whether the condition became true or false.
    var isTransition: Bool { self == .raised || self == .returned }

    /// Whether it takes an alarm out of the operator's sight.
    var hides: Bool { self == .suppressed || self == .shelved || self == .removedFromService }

    /// Whether it brings one back.
    var releases: Bool { self == .unsuppressed || self == .unshelved || self == .returnedToService }
}
