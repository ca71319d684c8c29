package import Alarms
package import Telemetry

/// One raise that differs between the sides of a replay.
package struct AlarmDifference: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case new
        case gone
        /// Milliseconds, negative for earlier.
        case moved(by: Int64)
    }

    /// When it was raised, UTC milliseconds: on the second side, for one that is gone on the first.
    package let at: Int64
    package let subject: AlarmSubject
    package let kind: Kind
    package let priority: Priority
}
