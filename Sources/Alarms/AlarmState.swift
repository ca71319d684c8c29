/// Where an alarm stands in its life cycle (IEC 62682 §5.3, ISA-18.2 §5.3); raw values are stored.
package enum AlarmState: UInt8, CaseIterable, Sendable {
    case normal = 0
    case unacknowledged = 1
    case acknowledged = 2
    case returnedUnacknowledged = 3
    case latchedUnacknowledged = 4
    case latchedAcknowledged = 5

    /// The word used in events and on the wire.
    package var name: String {
        switch self {
        case .normal: "normal"
        case .unacknowledged: "unacknowledged"
        case .acknowledged: "acknowledged"
        case .returnedUnacknowledged: "returned_unacknowledged"
        case .latchedUnacknowledged: "latched_unacknowledged"
        case .latchedAcknowledged: "latched_acknowledged"
        }
    }

    /// Whether the condition itself is true in this state.
    package var isActive: Bool { self == .unacknowledged || self == .acknowledged }

    /// Whether an operator still has to say that the alarm was seen.
    package var awaitsAcknowledgement: Bool {
        self == .unacknowledged || self == .returnedUnacknowledged || self == .latchedUnacknowledged
    }
}
