package import Alarms

/// A stretch of the event log, looked through with a filter.
package struct EventPage: Sendable, Hashable {
    /// Those that passed, oldest first.
    package let events: [Event]
    /// The last event looked at; where there was none, the one the stretch begins after.
    package let last: Int64
    /// Whether the log may go on behind it.
    package let isFull: Bool
}
