import ArgumentParser
import Pipeline

/// `hazardctl unshelve`
struct UnshelveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unshelve", abstract: "Show a shelved alarm again before its time is over.")

    @OptionGroup var episode: EpisodeAction

    func run() async throws {
        try await episode.carryOut(.unshelve)
    }
}
