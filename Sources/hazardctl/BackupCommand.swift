import ArgumentParser
import Evidence
import Settings
import Store
import Telemetry

/// `hazardctl backup`
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the node's whole state, consistent and verified, whether the daemon runs or not.",
        discussion: """
            DIR must be empty or not there. The copy has the state database, day files, summaries, and the public halves of \
            the signing keys; it is verified as `hazardctl verify` does, and backup.json in it names every file with its \
            SHA-256. Settings and registry are not part of it.
            """)

    @Argument(help: ArgumentHelp("The folder to copy to.", valueName: "dir"))
    var folder: String

    @Flag(
        help:
            "Copy the private halves of the signing keys, too, with mode 0600: keep such a backup as safe as the node.")
    var withKeys = false

    @OptionGroup var node: Node

    func run() async throws {
        let settings = try node.settings()
        let backup = try Backup(
            of: StateFolder(settings.stateDirectory), to: folder, node: settings.node, timeZone: settings.timeZone,
            keepsPrivateKeys: withKeys)
        do {
            let (manifest, found) = try backup.make(at: SystemClock.now().wall)
            StandardOutput.print(
                """
                \(folder.printable): \(manifest.files.count) files, \(manifest.bytes) bytes, \(found.samples) samples, events up \
                to \(manifest.lastSequence), as of \(LocalTime(settings.timeZone).text(SystemClock.now().wall)); verified
                \(keyNote(manifest))
                """)
        } catch let fault as EvidenceFault {
            throw CommandFailure(.evidence, "the copy does not verify: \(fault)")
        }
    }

    private func keyNote(_ manifest: BackupManifest) -> String {
        manifest.hasPrivateKeys
            ? "private signing keys are in it: keep it as safe as the node itself"
            : "private signing keys are not in it: a node restored from it signs with a new key (--with-keys copies them)"
    }
}
