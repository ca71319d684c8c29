package import Alarms

/// What an alarm event of the log tells, by the last word of its type. Kinds that no figure goes by are not among them.
package enum LoggedKind: String, CaseIterable, Sendable {
    case raised
    case returned
    case cleared
    case acknowledged
    case confirmed
    case reset
    case realarmed
    case shelved
    case unshelved
    case suppressed
    case unsuppressed
    case removedFromService = "removed_from_service"
    case returnedToService = "returned_to_service"

    /// Reads a CloudEvents type; nil for every other one.
    package init?(type: String) {
        guard let kind = LoggedKind.byType[type] else { return nil }
        self = kind
    }

    private static let byType = Dictionary(
        uniqueKeysWithValues: allCases.map { ("hazard.alarm.\($0.rawValue).v1", $0) })

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
