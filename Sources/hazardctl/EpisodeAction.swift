import Alarms
import ArgumentParser
import Foundation
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
        guard (comment?.utf8.count ?? 0) <= OperatorCommand.longestComment else {
            throw ValidationError("--comment is longer than \(OperatorCommand.longestComment) bytes")
        }
    }

    /// - Parameter duration: milliseconds, to shelve.
    func carryOut(_ action: OperatorCommand.Action, for duration: Int64? = nil) async throws {
        let folder = try node.folder()
        let command = OperatorCommand(
            action: action, episode: try episode(folder), actor: LocalUser.ownActor, comment: comment,
            duration: duration)
        let socket = ControlSocket(folder.controlSocket)
        switch await socket.probe() {
        case .listening:
            let client = ControlClient(socket: socket)
            report(action, try await client.act(command))
        case .nobody:
            report(action, try actOffline(command, socket))
        case .closed(let reason):
            throw CommandFailure("control socket \(socket.path) cannot be used: \(reason)")
        }
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

    private func actOffline(_ command: OperatorCommand, _ socket: ControlSocket) throws -> String {
        var random = SystemRandomNumberGenerator()
        let outcome: OperatorCommand.Outcome
        do {
            outcome = try OfflineOperator.execute(
                command, with: try node.configuration(), seed: random.next(), at: SystemClock.now())
        } catch let error as StoreError where error.kind == .locked {
            throw CommandFailure(
                .unreachable,
                "nobody answers at \(socket.path), yet a process holds the state: \(error). "
                    + "If hazardd is just starting, try again")
        }
        switch outcome {
        case .done(let alarm): return alarm
        case .unknownEpisode(let reason), .refused(let reason): throw CommandFailure(reason)
        }
    }

    private struct ActedOn: Decodable {
        let site: String
        let object: String
        let condition: String
        let state: String
        let suppression: String
    }

    private func report(_ action: OperatorCommand.Action, _ json: String) {
        guard let alarm = try? JSONDecoder().decode(ActedOn.self, from: Data(json.utf8)) else {
            StandardOutput.print(json)
            return
        }
        StandardOutput.print(
            "\(alarm.site)/\(alarm.object)/\(alarm.condition): \(action.rawValue) done, now \(alarm.state)"
                + (alarm.suppression == "none" ? "" : ", \(alarm.suppression.replacing("_", with: " "))"))
    }
}
