import ArgumentParser
import Evidence
import Foundation
import Incidents

/// `hazardctl verify-incident`
struct VerifyIncidentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-incident",
        abstract: "Check that an incident's folder holds what the node recorded.",
        discussion: """
            Needs nothing but the folder and the node's public key. Exit code 0 if everything holds, 3 naming the first \
            thing that does not. Beyond what verify.py in the folder does, it decodes the recorded samples and holds \
            samples.csv against them.
            """)

    @Argument(help: "The folder that `hazardctl incident` wrote.")
    var folder: String

    @Option(help: ArgumentHelp("The node's public key as kept elsewhere, a PEM file.", valueName: "file"))
    var publicKey: String

    func run() async throws {
        guard let text = try? String(contentsOfFile: publicKey, encoding: .utf8), let key = PublicKey(pem: text) else {
            throw CommandFailure(
                .usage, "--public-key \(publicKey.printable): no Ed25519 public key in PEM; valid: KEY.pub.pem of keys/"
            )
        }
        do {
            StandardOutput.print(try CapsuleVerifier(folder, trusted: key).verify())
        } catch let fault as EvidenceFault {
            throw CommandFailure(.evidence, "does not verify: \(fault.description.printable)")
        }
    }
}
