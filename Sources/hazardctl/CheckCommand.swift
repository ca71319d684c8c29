import ArgumentParser

/// `hazardctl check`
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate settings, registry and policies; exit 0 or 78.",
        discussion: "Lists every fault with file, line and what would be valid, and settings without effect yet.")

    @OptionGroup var node: Node

    func run() async throws {
        StandardOutput.print("\(try node.summary())")
    }
}
