import ArgumentParser
import Pipeline

/// `hazardctl shelve`
struct ShelveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shelve",
        abstract: "Put an alarm aside for a time; --comment says why.",
        discussion: """
            Its states go on beneath, nobody is told of them. When the time is over it is shown again by itself, and climbs anew if it \
            awaits acknowledgement. The policy's shelve_at_most bounds the time by priority.
            """)

    @Option(name: .customLong("for"), help: ArgumentHelp("How long, such as 90s, 30m or 4h.", valueName: "time"))
    var time: DurationArgument

    @OptionGroup var episode: EpisodeAction

    func run() async throws {
        try await episode.carryOut(.shelve, for: time.milliseconds)
    }
}
