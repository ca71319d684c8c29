import ArgumentParser
import Pipeline

/// `hazardctl acknowledge`
struct AcknowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge",
        abstract: "Say that an alarm was seen; its escalation stops where the policy says so.",
        discussion: "Goes through the running daemon in the name of this user; with none running it is done directly.")

    @OptionGroup var episode: EpisodeAction

    func run() async throws {
        try await episode.carryOut(.acknowledge)
    }
}
