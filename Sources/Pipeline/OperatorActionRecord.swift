/// An operator's action as it is kept in the evidence chain.
package struct OperatorActionRecord: Sendable, Hashable {
    /// UTC milliseconds.
    package let at: Int64
    package let command: OperatorCommand
    package let outcome: String

    package init(at: Int64, command: OperatorCommand, outcome: String) {
        self.at = at
        self.command = command
        self.outcome = outcome
    }
}
