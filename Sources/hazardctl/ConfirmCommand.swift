import ArgumentParser
import Pipeline

/// `hazardctl confirm`
struct ConfirmCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract: "Say what was done about an alarm; --comment says it.",
        discussion: """
            That it was seen is another thing (acknowledge). An alarm is confirmed once each time it is raised; its escalation stops where \
            the policy's stop_on has `confirmed`.
            """)

    @OptionGroup var episode: EpisodeAction

    func run() async throws {
        try await episode.carryOut(.confirm)
    }
}
