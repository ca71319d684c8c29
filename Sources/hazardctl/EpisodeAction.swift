import Alarms
import ArgumentParser
import OperatorAPI
import Pipeline
import Store
import Telemetry

/// An operator's action on one alarm: through the running daemon, or with none running in its place.
struct EpisodeAction: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The alarm: its episode as `hazardctl alarms` shows it, or SITE/OBJECT/CONDITION.", valueName: "episode"))
    var alarm: String

    @Option(help: ArgumentHelp("Goes on record with the action.", valueName: "text"))
    var comment: String?

    @OptionGroup var node: Node

    func validate() throws {
        guard (comment?.unicodeScalars.count ?? 0) <= OperatorCommand.longestComment else {
            throw ValidationError("--comment is longer than \(OperatorCommand.longestComment) characters")
        }
    }

    /// - Parameter duration: milliseconds, to shelve.
    func carryOut(_ action: OperatorCommand.Action, for duration: Int64? = nil) async throws {
        let command = OperatorCommand(
            action: action, episode: try episode(try node.folder()), actor: LocalUser.ownActor, comment: comment,
            duration: duration)
        let json = try await OperatorRun(node: node).carryOut(command)
        let alarms = ActedOn.read(json)
        if alarms.isEmpty { StandardOutput.print(json) }
        for alarm in alarms { StandardOutput.print(alarm.report(of: action)) }
    }

    private func episode(_ folder: StateFolder) throws -> ULID {
        if let episode = ULID(alarm) { return episode }
        guard let subject = AlarmSubject(alarm) else {
            throw CommandFailure(
                .usage, "\(alarm.printable) is no alarm; valid: an episode of 26 characters, or SITE/OBJECT/CONDITION")
        }
        guard let standing = try StateReader(folder).alarm(subject) else {
            throw CommandFailure("alarm \(subject) is normal; `hazardctl alarms` lists those that are not")
        }
        return standing.episode
    }
}
