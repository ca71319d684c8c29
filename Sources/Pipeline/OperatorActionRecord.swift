/// What somebody asked of the daemon and what came of it, as it is kept in the evidence chain.
package struct OperatorActionRecord: Sendable, Hashable {
    /// UTC milliseconds.
    package let at: Int64
    /// Who asked, with role and address where the request came over the network: `wang (operator, 10.0.0.7)`.
    package let actor: String
    package let action: String
    /// What it was about: an episode, `SITE/OBJECT`, or `escalations`.
    package let target: String
    package let comment: String?
    /// The sender's own identifier of the request.
    package let requestID: String?
    package let outcome: String

    package init(
        at: Int64, actor: String, origin: String?, action: String, target: String, comment: String?,
        requestID: String? = nil, outcome: String
    ) {
        self.at = at
        self.actor = origin.map { "\(actor) (\($0))" } ?? actor
        self.action = action
        self.target = target
        self.comment = comment
        self.requestID = requestID
        self.outcome = outcome
    }

    package init(at: Int64, command: OperatorCommand, outcome: String) {
        self.init(
            at: at, actor: command.actor, origin: command.origin, action: command.action.rawValue,
            target: command.target.description, comment: command.comment, requestID: command.requestID,
            outcome: outcome)
    }
}
