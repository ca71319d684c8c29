package import Alarms
import GRDB
import Pipeline

/// An alarm that nobody is told of, whether it stands or not, and why: shelved, out of service, or explained by another.
package struct SuppressedAlarm: Sendable, Hashable {
    package let subject: AlarmSubject
    package let suppression: Suppression
    /// UTC milliseconds; of suppression by design, when the alarm was raised.
    package let since: Int64
    /// When it is shown again by itself, UTC milliseconds; nil for suppression by design.
    package let until: Int64?
    /// Who withdrew it; nil for suppression by design.
    package let actor: String?
    /// The words of who withdrew it, or the alarm that explains it.
    package let reason: String?
    package let permit: String?
    /// The state beneath.
    package let state: AlarmState

    /// One JSON object, as `GET /v1/suppressed` lists them.
    package var json: String {
        var json = JSONText()
        json.member("subject", subject.description)
        json.member("suppression", suppression.name)
        json.member("state", state.name)
        json.member("since", since)
        json.member("until", until)
        json.member("actor", actor)
        json.member("reason", reason)
        json.member("permit", permit)
        return json.object
    }
}

extension StateReader {
    /// What is suppressed, by subject (ISA-18.2 asks for this list).
    package func suppressedAlarms() throws(StoreError) -> [SuppressedAlarm] {
        try read { db in
            let standing = try Row.fetchAll(db, sql: "SELECT * FROM alarm").map { try Alarm(stored: $0) }
            let states = Dictionary(standing.map { ($0.subject, $0.state) }, uniquingKeysWith: { first, _ in first })
            let withdrawn = try Row.fetchAll(db, sql: "SELECT * FROM withdrawal").compactMap { Withdrawal(stored: $0) }
            let byPeople = withdrawn.map {
                SuppressedAlarm(
                    subject: $0.subject, suppression: $0.kind, since: $0.since, until: $0.until, actor: $0.actor,
                    reason: $0.reason, permit: $0.permit, state: states[$0.subject] ?? .normal)
            }
            let byDesign = standing.filter { $0.suppression == .suppressedByDesign }.map {
                SuppressedAlarm(
                    subject: $0.subject, suppression: $0.suppression, since: $0.raisedAt, until: nil, actor: nil,
                    reason: $0.cause, permit: nil, state: $0.state)
            }
            return (byPeople + byDesign).sorted { $0.subject.description < $1.subject.description }
        }
    }
}
