package import Pipeline
package import Telemetry

/// A node's health as far as its state tells, with or without a running daemon.
package struct NodeStatus: Sendable, Hashable {
    package var accounting = Accounting()
    /// The newest event; 0 before the first.
    package var lastSequence: Int64 = 0
    /// The newest event the broker has taken; 0 before the first.
    package var publishedSequence: Int64 = 0
    /// Alarms that are not normal.
    package var standingAlarms: Int64 = 0
    package var unacknowledgedAlarms: Int64 = 0
    /// How many of them have each priority.
    package var alarmsByPriority: [Priority: Int64] = [:]
    /// Escalations scheduled or due.
    package var openEscalations: Int64 = 0
    /// UTC milliseconds; nil before the first burst.
    package var lastCommit: Int64?
    /// Refused inputs that are kept; older ones are only counted.
    package var quarantineEntries: Int64 = 0
    /// Tags that nobody configured and that are listed.
    package var unmappedTags: Int64 = 0
    package var configurationVersion: Int64?
    /// The writer's own `PRAGMA synchronous` when it started: 2 is FULL, 1 is NORMAL.
    package var synchronous: Int64?
    /// The last writer's process.
    package var process: Int64?
    package var databaseBytes: Int64 = 0
    package var walBytes: Int64 = 0
}
