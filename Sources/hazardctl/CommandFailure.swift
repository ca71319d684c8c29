/// A command that did not do what was asked.
struct CommandFailure: Error, CustomStringConvertible {
    let code: ExitStatus
    /// A sentence: what was wrong, and what would be right.
    let description: String

    init(_ description: String) {
        self.init(.failed, description)
    }

    init(_ code: ExitStatus, _ description: String) {
        self.code = code
        self.description = description
    }
}
