package import Telemetry

/// One condition of a point, with everything its evaluation needs.
package struct AlarmRule: Hashable, Sendable {
    package var condition: Condition
    /// Engineering units; not a number for conditions without a limit.
    package var limit: Double
    /// Engineering units by which a value must come back before the condition is false.
    package var deadband: Double
    /// Milliseconds.
    package var onDelay: Int64
    /// Milliseconds.
    package var offDelay: Int64
    package var priority: Priority
    /// Whether a returned alarm stands until reset.
    package var latching: Bool

    package init(
        condition: Condition, limit: Double = .nan, deadband: Double = 0, onDelay: Int64 = 0, offDelay: Int64 = 0,
        priority: Priority = .high, latching: Bool = false
    ) {
        self.condition = condition
        self.limit = limit
        self.deadband = deadband
        self.onDelay = onDelay
        self.offDelay = offDelay
        self.priority = priority
        self.latching = latching
    }

    /// Equal limits compare equal even when there is none.
    package static func == (left: AlarmRule, right: AlarmRule) -> Bool {
        left.condition == right.condition && left.limit.bitPattern == right.limit.bitPattern
            && left.deadband == right.deadband && left.onDelay == right.onDelay && left.offDelay == right.offDelay
            && left.priority == right.priority && left.latching == right.latching
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(condition)
        hasher.combine(limit.bitPattern)
    }
}
