package import Telemetry

/// One condition of a point, with everything its evaluation needs.
package struct AlarmRule: Hashable, Sendable {
    package var condition: Condition
    /// Engineering units; not a number for conditions without a limit.
    package var limit: Double
    /// Engineering units by which a value must come back before the condition is false.
    package var deadband: Double
    package var priority: Priority
    /// Whether a returned alarm stands until reset.
    package var latching: Bool
    // The longest delay, a week, fits; a city has millions of rules.
    private var onDelay32: Int32
    private var offDelay32: Int32
    private var window32: Int32

    /// Milliseconds.
    package var onDelay: Int64 { Int64(onDelay32) }
    /// Milliseconds.
    package var offDelay: Int64 { Int64(offDelay32) }

    /// Milliseconds: within which RATE's change happens, or after which FLATLINE's value has stood still; 0 for other
    /// conditions.
    package var window: Int64 { Int64(window32) }

    package init(
        condition: Condition, limit: Double = .nan, deadband: Double = 0, onDelay: Int64 = 0, offDelay: Int64 = 0,
        window: Int64 = 0, priority: Priority = .high, latching: Bool = false
    ) {
        self.condition = condition
        self.limit = limit
        self.deadband = deadband
        onDelay32 = Int32(clamping: onDelay)
        offDelay32 = Int32(clamping: offDelay)
        window32 = Int32(clamping: window)
        self.priority = priority
        self.latching = latching
    }

    /// A quantity above the maximum that a hazard source was designed for, in tonnes.
    package static func inventory(maximum: Double) -> AlarmRule {
        AlarmRule(condition: .inventory, limit: maximum, deadband: maximum * InventoryLimit.deadband, priority: .high)
    }

    /// Equal limits compare equal even when there is none.
    package static func == (left: AlarmRule, right: AlarmRule) -> Bool {
        left.condition == right.condition && left.limit.bitPattern == right.limit.bitPattern
            && left.deadband == right.deadband && left.onDelay == right.onDelay && left.offDelay == right.offDelay
            && left.window == right.window
            && left.priority == right.priority && left.latching == right.latching
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(condition)
        hasher.combine(limit.bitPattern)
    }
}
