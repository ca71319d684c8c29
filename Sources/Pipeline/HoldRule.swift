package import Telemetry

/// Which alarms hold the record around them from retention, and how much of it.
package struct HoldRule: Sendable, Hashable {
    /// Alarms of this priority and above do.
    package let priority: Priority
    /// Milliseconds before the raise.
    package let before: Int64
    /// Milliseconds after the last raise, return or clearing.
    package let after: Int64

    package init(priority: Priority = .critical, before: Int64 = 600_000, after: Int64 = 600_000) {
        self.priority = priority
        self.before = before
        self.after = after
    }

    /// What an episode holds, from its raise to what happened last in it (UTC milliseconds). A wall clock that was set
    /// back in between makes it no shorter.
    package func times(raisedAt: Int64, latest: Int64) -> ClosedRange<Int64> {
        let end = max(raisedAt, latest)
        return max(0, raisedAt - before)...max(0, end + after)
    }
}
