package import Pipeline

/// Where operator commands are handed in; the daemon answers after the commit.
package protocol CommandInbox: Sendable {
    /// - Throws: `InboxUnavailable` where the command was not committed.
    func submit(_ command: OperatorCommand) async throws -> OperatorCommand.Outcome
}
