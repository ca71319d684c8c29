package import Alarms

/// An alarm put aside by an operator for a time, whatever becomes of its condition meanwhile (ISA-18.2, shelving).
package struct Shelf: Sendable, Hashable {
    package let subject: AlarmSubject
    /// UTC milliseconds.
    package let since: Int64
    /// When it is shown again by itself, UTC milliseconds.
    package var until: Int64
    package let actor: String
    package let reason: String

    package init(subject: AlarmSubject, since: Int64, until: Int64, actor: String, reason: String) {
        self.subject = subject
        self.since = since
        self.until = until
        self.actor = actor
        self.reason = reason
    }
}
