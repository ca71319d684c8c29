import ArgumentParser
import Store

/// `hazardctl seal`
struct SealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal",
        abstract: "Print the newest seal, to be kept by somebody else.",
        discussion: """
            Whoever holds it can later tell with `hazardctl verify --seal FILE` that nothing recorded until then was \
            changed, and that no older copy was put in the store's place.
            """)

    @OptionGroup var node: Node

    func run() async throws {
        guard let seal = try node.reader().newestSeal() else {
            throw CommandFailure(
                "there is no seal yet; hazardd makes one when it starts, every hour, and when it stops")
        }
        StandardOutput.print(seal)
    }
}
