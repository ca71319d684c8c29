import Registry
import Telemetry

/// One condition of one point while the engine runs, packed: a point has up to seven, a city a million points.
struct RuleState {
    enum Pending: UInt8 {
        case none
        /// True, and the on-delay runs.
        case on
        /// False, and the off-delay runs.
        case off
    }

    let limit: Double
    let deadband: Double
    /// Milliseconds; the registry's longest, a week, fits.
    private let onDelay32: Int32
    private let offDelay32: Int32
    let condition: Condition
    let priority: Priority
    let isLatching: Bool
    /// Whether the condition holds, deadband included.
    var isTrue = false
    /// Whether its alarm is active.
    var isActive = false
    var pending = Pending.none
    /// Whether a timer is set that will look at the on-delay.
    var isTimed = false

    init(rule: AlarmRule) {
        limit = rule.limit
        deadband = rule.deadband
        onDelay32 = Int32(clamping: rule.onDelay)
        offDelay32 = Int32(clamping: rule.offDelay)
        condition = rule.condition
        priority = rule.priority
        isLatching = rule.latching
    }

    /// Milliseconds.
    var onDelay: Int64 { Int64(onDelay32) }
    /// Milliseconds.
    var offDelay: Int64 { Int64(offDelay32) }

    var isIdle: Bool { !isTrue && !isActive && pending == .none }
}
