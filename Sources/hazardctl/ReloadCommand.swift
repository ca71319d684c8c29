import ArgumentParser
import Foundation
import NIOCore
import OperatorAPI
import Registry
import Store

/// `hazardctl reload`
struct ReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Have the running daemon read its configuration again, with a reason that goes on record.",
        discussion: """
            As SIGHUP does, but in the name of who asks, and answered: exit code 78 with every fault if the \
            configuration does not validate; then the one in force stays. `hazardctl config` shows what was applied.
            """)

    @Option(help: ArgumentHelp("Why it is changed; goes on record.", valueName: "text"))
    var reason: String?

    @OptionGroup var node: Node

    private struct Outcome: Decodable {
        struct Change: Decodable {
            let subject: String
            let before: String
            let after: String
        }

        let version: Int?
        let changes: Int?
        let kept: Int?
        let changed: Int?
        let alarms: [Change]?

        enum CodingKeys: String, CodingKey {
            case version, changes
            case kept = "alarms_kept"
            case changed = "alarms_changed"
            case alarms
        }
    }

    private struct Body: Encodable {
        let reason: String?
    }

    func validate() throws {
        guard (reason?.unicodeScalars.count ?? 0) <= ReloadRoutes.longestReason else {
            throw ValidationError("--reason is longer than \(ReloadRoutes.longestReason) characters")
        }
    }

    func run() async throws {
        // Faults are told here and now, with the exit code of a check.
        _ = try node.configuration()
        let socket = try await node.listeningSocket()
        let body = try JSONEncoder().encode(Body(reason: reason))
        let text = try await ControlClient(socket: socket).post(
            "/v1/configuration/reload", body: body, patience: .minutes(5))
        guard let outcome = try? JSONDecoder().decode(Outcome.self, from: Data(text.utf8)) else {
            StandardOutput.print(text)
            return
        }
        guard let version = outcome.version else {
            StandardOutput.print("nothing has changed: this configuration is in force")
            return
        }
        let changes = outcome.changes ?? 0
        var output = StandardOutput()
        output.line(
            "version \(version) is in force, with \(changes) \(changes == 1 ? "change" : "changes"); "
                + "`hazardctl config diff \(version)` tells them")
        let alarms = outcome.alarms ?? []
        for alarm in alarms { output.line("\(alarm.subject.printable): \(alarm.before) → \(alarm.after)") }
        let rest = (outcome.changed ?? 0) - alarms.count
        if rest > 0 { output.line("… and \(rest) more alarms") }
        output.line("alarms that stand as before: \(outcome.kept ?? 0)")
        output.flush()
    }
}
