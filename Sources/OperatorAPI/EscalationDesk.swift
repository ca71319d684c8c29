package import Escalation

/// Where consumers of escalations ask; the daemon answers after the commit.
package protocol EscalationDesk: Sendable {
    /// The oldest tasks that wait, now leased to whoever asks.
    /// - Parameter patience: for how many milliseconds to wait where there are none; then the answer is empty.
    /// - Throws: `InboxUnavailable` where nothing could be committed, or too many wait.
    func claim(_ claim: EscalationClaim, patience: Int64) async throws -> [ClaimedEscalation]

    /// - Returns: what came of each item, in their order.
    func report(_ report: LeaseReport) async throws -> [LeaseReport.Outcome]
}
