import Alarms

/// What somebody did, or tried to do, as it is on record.
package struct AuditEntry: Sendable, Hashable {
    package let id: Int64
    /// UTC milliseconds.
    package let at: Int64
    package let actor: String
    /// Role and address of whoever asked over the network; nil otherwise.
    package let origin: String?
    package let action: String
    /// An episode, or `SITE/OBJECT`.
    package let target: String
    package let comment: String?
    package let outcome: String

    /// - Parameter recorded: the actor as the record has it, with the origin in parentheses behind a name over the network.
    init(id: Int64, at: Int64, recorded: String, action: String, target: String, comment: String?, outcome: String) {
        self.id = id
        self.at = at
        let parts = recorded.split(separator: " ", maxSplits: 1)
        if parts.count == 2, parts[1].hasPrefix("("), parts[1].hasSuffix(")") {
            actor = String(parts[0])
            origin = String(parts[1].dropFirst().dropLast())
        } else {
            actor = recorded
            origin = nil
        }
        self.action = action
        self.target = target
        self.comment = comment
        self.outcome = outcome
    }

    /// One JSON object, as `GET /v1/audit` lists them.
    package var json: String {
        var json = JSONText()
        json.member("id", id)
        json.member("at", at)
        json.member("actor", actor)
        json.member("origin", origin)
        json.member("action", action)
        json.member("target", target)
        json.member("comment", comment)
        json.member("outcome", outcome)
        return json.object
    }
}
