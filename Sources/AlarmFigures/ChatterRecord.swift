import Alarms

/// What the transitions within an alarm's chattering tell of a way to end it: how far back over its limit the value
/// went, and how soon it was there again.
struct ChatterRecord: Sendable {
    /// As much of a raise or return as is needed.
    struct Transition: Sendable {
        /// UTC milliseconds.
        let time: Int64
        let isRaise: Bool
        /// The source's own time, UTC milliseconds.
        let sampledAt: Int64?
        /// How far the value lay from the limit, in the point's unit; nil where there is no value or limit.
        let distance: Double?
        let unit: String?

        init(_ event: LoggedEvent) {
            time = event.time
            isRaise = event.kind == .raised
            sampledAt = event.sampledAt
            if let value = event.value, let limit = event.limit {
                distance = abs(limit - value)
            } else {
                distance = nil
            }
            unit = event.unit
        }
    }

    /// The most that a value which ended the alarm lay off the limit.
    private(set) var deepest: Double?
    /// The longest from a return to the next raise, milliseconds.
    private(set) var longestGap: Int64?
    private(set) var unit: String?

    /// Takes in the next transition of a stretch.
    /// - Parameter former: the one before it in the same stretch; nil for the first.
    mutating func add(_ transition: Transition, after former: Transition?) {
        if let unit = transition.unit { self.unit = unit }
        guard transition.isRaise else {
            if let distance = transition.distance { deepest = max(deepest ?? 0, distance) }
            return
        }
        guard let former, !former.isRaise else { return }
        var gap = transition.time - former.time
        // Off-delays go by the source's clock.
        if let end = transition.sampledAt, let start = former.sampledAt, end >= start { gap = end - start }
        longestGap = max(longestGap ?? 0, gap)
    }
}
