package import Alarms

/// An alarm that a person has withdrawn from annunciation for a time, whatever becomes of its condition meanwhile
/// (ISA-18.2): shelved by an operator, or out of service under a work permit.
package struct Withdrawal: Sendable, Hashable {
    package let subject: AlarmSubject
    /// Shelved or out of service.
    package let kind: Suppression
    /// UTC milliseconds.
    package var since: Int64
    /// When it is shown again by itself, UTC milliseconds.
    package var until: Int64
    package let actor: String
    package let reason: String
    /// The work permit's number; nil for what is shelved.
    package let permit: String?

    package init(
        subject: AlarmSubject, kind: Suppression, since: Int64, until: Int64, actor: String, reason: String,
        permit: String? = nil
    ) {
        self.subject = subject
        self.kind = kind
        self.since = since
        self.until = until
        self.actor = actor
        self.reason = reason
        self.permit = permit
    }
}
