import ArgumentParser
import Evidence
import Foundation
import Settings
import Store
import Telemetry

/// `hazardctl verify`
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute the evidence chain from the files alone.",
        discussion: """
            Exit code 0 if everything holds, 3 naming the first thing that does not. With --public-key the signatures must \
            come from that key or those it vouched for; with --seal the store must contain what a seal kept elsewhere \
            vouches for. --from and --to limit which day files are read through; the chain is always checked whole.
            """)

    @Option(parsing: .unconditional, help: ArgumentHelp("First time. \(MomentArgument.help)", valueName: "t"))
    var from: MomentArgument?

    @Option(parsing: .unconditional, help: ArgumentHelp("Last time; the same forms.", valueName: "t"))
    var to: MomentArgument?

    @Option(help: ArgumentHelp("A seal kept elsewhere; may be given several times.", valueName: "file"))
    var seal: [String] = []

    @Option(help: ArgumentHelp("The node's public key as kept elsewhere, a PEM file.", valueName: "file"))
    var publicKey: String?

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func run() async throws {
        let settings = try node.settings()
        let verifier = Verifier(
            StateFolder(settings.stateDirectory), trusted: try trusted(),
            witnessed: try seal.map { try read(seal: $0) },
            times: try times(settings.timeZone))
        let found: Verification
        do {
            found = try verifier.verify()
        } catch let fault as EvidenceFault {
            throw CommandFailure(.evidence, "does not verify: \(fault)")
        }
        format == .json ? StandardOutput.print(found.json) : show(found)
    }

    private func show(_ found: Verification) {
        var output = StandardOutput()
        var table = TextTable("VERIFIED", "")
        table.add("samples", String(found.samples))
        table.add("journal rows", "\(found.journalRows) after \(found.compactions) compactions")
        table.add("day files", "\(found.dayFiles) with \(found.chunks) chunks")
        table.add("events", String(found.events))
        table.add("operator actions", String(found.actions))
        table.add("seals", "\(found.seals), keys \(found.keys.isEmpty ? "none" : found.keys.joined(separator: ", "))")
        table.print(to: &output, ifEmpty: "")
        for remark in found.remarks { output.line("note: \(remark)") }
        output.flush()
    }

    private func trusted() throws -> PublicKey? {
        guard let publicKey else { return nil }
        guard let text = try? String(contentsOfFile: publicKey, encoding: .utf8), let key = PublicKey(pem: text) else {
            throw CommandFailure(
                .usage, "--public-key \(publicKey.printable): no Ed25519 public key in PEM; valid: KEY.pub.pem of keys/"
            )
        }
        return key
    }

    private func read(seal file: String) throws -> Seal {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw CommandFailure(.usage, "--seal \(file.printable): the file cannot be read")
        }
        do {
            return try Seal(document: text)
        } catch {
            throw CommandFailure(.usage, "--seal \(file.printable): \(error)")
        }
    }

    private func times(_ timeZone: String) throws -> ClosedRange<Int64>? {
        guard from != nil || to != nil else { return nil }
        let now = SystemClock.now().wall
        let first = try from?.resolved(at: now, timeZone: timeZone) ?? 0
        let last = try to?.resolved(at: now, timeZone: timeZone) ?? .max
        guard first <= last else {
            throw CommandFailure(.usage, "--from is later than --to; valid: a first time and one not before it")
        }
        return first...last
    }
}
