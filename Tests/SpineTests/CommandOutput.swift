/// What a command of ours printed, and how it ended.
struct CommandOutput: CustomStringConvertible {
    let arguments: [String]
    /// The exit code, or minus the number of the signal that ended it.
    let code: Int32
    let text: String
    let errors: String

    var lines: [Substring] { text.split(separator: "\n") }

    var description: String {
        "\(arguments.joined(separator: " ")) → \(code)\n\(text.suffix(2_000))\n\(errors.suffix(2_000))"
    }
}
