import ArgumentParser
import Evidence
import Store
import Telemetry

/// `hazardctl rotate-key`
struct RotateKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-key",
        abstract: "Make a new key that signs seals from here on, vouched for by the one before.",
        discussion: """
            With the daemon stopped. Whoever trusts the old public key can go on with it: the chain introduces the new one. \
            The old private key is not needed any more and may be taken out of keys/.
            """)

    @OptionGroup var node: Node

    func run() async throws {
        let folder = try node.folder()
        guard await ControlSocket(folder.controlSocket).probe() == .nobody else {
            throw CommandFailure("hazardd runs on \(folder.path); stop it first, a key is exchanged between two runs")
        }
        _ = try node.reader()
        let now = SystemClock.now()
        var random = SystemRandomNumberGenerator()
        let offline = try OfflineNode(try node.configuration(), command: "rotate-key", seed: random.next(), at: now)
        let key = try offline.rotateKey(at: now.wall)
        try offline.close(at: now.wall)
        StandardOutput.print("key \(key.identifier) signs from here on: \(folder.keys)/\(key.identifier).pub.pem")
    }
}
