package import Pipeline

/// Where operator commands are handed in; the daemon answers after the commit.
package protocol CommandInbox: Sendable {
    /// - Throws: `InboxUnavailable` where the command was not committed.
    func submit(_ command: OperatorCommand) async throws -> OperatorCommand.Outcome

    /// Has samples that were recorded elsewhere put on record.
    /// - Parameter csv: `point,t_ms,value[,quality]` with its header; `point` is `SITE/POINT`.
    /// - Throws: `InboxUnavailable` where they were not committed.
    func take(csv: [UInt8], from actor: String) async throws -> ImportOutcome

    /// Keeps how far a consumer of events has come; returns once that is committed.
    /// - Parameter cursor: as table `cursor` names it.
    /// - Throws: `InboxUnavailable` where it was not committed.
    func advance(cursor: String, to sequence: Int64) async throws
}
