import ArgumentParser
import Escalation
import Foundation
import Telemetry

/// What the commands that answer for a claimed escalation have in common.
struct EscalationReport: ParsableArguments {
    @Argument(help: ArgumentHelp("The escalation's id, as claim or list shows it.", valueName: "id"))
    var id: String

    @Option(help: ArgumentHelp("Goes on record with it.", valueName: "text"))
    var note: String?

    @OptionGroup var node: Node

    private struct Body: Encodable {
        let claim: Int?
        let note: String?
    }

    /// - Parameter claim: the number under which it was claimed; nil to requeue.
    func send(_ verb: LeaseReport.Verb, claim: Int?) async throws {
        guard let id = ULID(id) else {
            throw CommandFailure(.usage, "\(id.printable) is no escalation; valid: an id of 26 characters")
        }
        let answer = try await ControlClient(socket: try await node.listeningSocket()).post(
            "/v1/escalations/\(id)/\(verb.rawValue)",
            body: try JSONEncoder().encode(Body(claim: claim, note: note)))
        StandardOutput.print(answer)
    }
}
