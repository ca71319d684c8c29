import Registry
import Telemetry

/// One condition of one point while the engine runs.
struct RuleState {
    enum Pending: Equatable {
        case none
        /// True, and the on-delay runs.
        case on
        /// False, and the off-delay runs.
        case off
    }

    let rule: AlarmRule
    /// Whether the condition holds, deadband included.
    var isTrue = false
    /// Whether its alarm is active.
    var isActive = false
    var pending = Pending.none
    /// When the daemon received the sample that began the running delay.
    var began = Instant(wall: 0, monotonic: 0)
    /// That sample's own time.
    var beganAtSource: Int64 = 0
    /// The latest true value and its time, for an alarm raised by the clock alone.
    var latestValue = Double.nan
    var latestTime: Int64 = 0
    /// Whether a timer is set that will look at the on-delay.
    var isTimed = false

    init(rule: AlarmRule) {
        self.rule = rule
    }

    var isIdle: Bool { !isTrue && !isActive && pending == .none }
}
