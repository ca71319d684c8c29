/// A command that did not do what was asked.
struct CommandFailure: Error, CustomStringConvertible {
    let code: ExitStatus
    /// A sentence: what was wrong, and what would be right.
    let description: String

    init(_ code: ExitStatus = .failed, _ description: String) {
        self.code = code
        self.description = description
    }
}
