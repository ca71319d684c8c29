import ArgumentParser
import Foundation
import Incidents
import Registry
import Settings
import Store
import Telemetry

/// `hazardctl incident`
struct IncidentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incident",
        abstract: "Write everything recorded around an alarm into a folder that proves itself.",
        discussion: """
            Samples, events, configuration, a report to read and to print, and the proof that nothing of it was changed: \
            `python3 verify.py --public-key FILE` in the folder, or `hazardctl verify-incident`. What it proves is \
            described in schemas/incident.md.
            """)

    @Argument(help: "The episode, or SITE/OBJECT/CONDITION of an alarm that stands or of the last episode on record.")
    var episode: String

    @Option(help: ArgumentHelp("The folder to make; one that holds something is refused.", valueName: "dir"))
    var out: String

    @OptionGroup var node: Node

    func run() async throws {
        var files: [IncidentCapsule.ConfigurationFile] = []
        let configuration = try node.configuration { files.append(.init(name: $0, bytes: $1)) }
        let capsule = IncidentCapsule(
            StateFolder(configuration.settings.stateDirectory), configuration: configuration, files: files)
        let summary = try capsule.write(episode, to: out, at: SystemClock.now().wall)
        StandardOutput.print(
            "\(summary.subject), episode \(summary.episode): \(summary.samples) samples and \(summary.events) events "
                + "in \(out.printable)")
        if let open = summary.open { StandardOutput.print("not yet proven: \(open)") }
    }
}
