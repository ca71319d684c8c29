import ArgumentParser
import Pipeline
import Settings

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
    var time: String

    @OptionGroup var episode: EpisodeAction

    func validate() throws {
        guard let milliseconds = DurationText.milliseconds(time), milliseconds > 0 else {
            throw ValidationError("--for \(time) is no time; valid: such as 90s, 30m, 4h or 1d")
        }
    }

    func run() async throws {
        try await episode.carryOut(.shelve, for: DurationText.milliseconds(time))
    }
}
