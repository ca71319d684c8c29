import ArgumentParser
import Pipeline

/// `hazardctl reset`
struct ResetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Release a latched alarm that has returned and been acknowledged.",
        discussion: "Goes through the running daemon in the name of this user; with none running it is done directly.")

    @OptionGroup var episode: EpisodeAction

    func run() async throws {
        try await episode.carryOut(.reset)
    }
}
