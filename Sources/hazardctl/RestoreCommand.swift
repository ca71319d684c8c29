import ArgumentParser
import Evidence
import Settings
import Store
import Telemetry

/// `hazardctl restore`
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the place of the node's state, with the daemon stopped.",
        discussion: """
            Every file is checked against backup.json before anything is touched, and the state is verified afterwards. What \
            was recorded after the backup is not in it: seals published since will say so.
            """)

    @Argument(help: ArgumentHelp("The folder that `hazardctl backup` wrote.", valueName: "dir"))
    var folder: String

    @Flag(help: "Move a state that is there aside, to STATE.replaced-TIME.")
    var replace = false

    @OptionGroup var node: Node

    func run() async throws {
        let settings = try node.settings()
        let target = StateFolder(settings.stateDirectory)
        do {
            let outcome = try Restore(of: folder, into: target, node: settings.node)
                .run(replaces: replace, at: SystemClock.now().wall)
            var output = StandardOutput()
            if let former = outcome.former { output.line("the state before was moved to \(former)") }
            output.line(
                "\(target.path): restored as of \(outcome.manifest.at) with \(outcome.verification.samples) samples and events "
                    + "up to \(outcome.manifest.lastSequence); verified. What was recorded after that is not in it")
            if !outcome.manifest.hasPrivateKeys {
                output.line(
                    "the backup has no private keys: the node will sign with a new one, which no older key vouches for")
            }
            output.flush()
        } catch let fault as EvidenceFault {
            throw CommandFailure(.evidence, "does not verify: \(fault)")
        }
    }
}
