package import Escalation

/// An escalation task that changed, as it then is.
package struct TaskChange: Sendable, Hashable {
    package var task: EscalationTask
    /// Whether nothing but its state, its claim and its note differs from what is stored: what is asked of a row that changes
    /// twice for every task that consumers settle.
    package var isOfClaimOnly: Bool
}
