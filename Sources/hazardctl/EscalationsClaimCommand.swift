import ArgumentParser
import Escalation
import Foundation
import NIOCore

/// `hazardctl escalations claim`
struct EscalationsClaimCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claim",
        abstract: "Claim escalations to tell somebody of; prints one JSON object a line.",
        discussion: """
            Each is leased for a time, under a claim number that done, fail and release want. One whose lease runs out goes back into \
            the queue, and after five failures it is a dead letter.
            """)

    @Option(help: ArgumentHelp("At most so many.", valueName: "count"))
    var limit = 1

    @Option(help: ArgumentHelp("How long they are leased, such as 5m; 60s if not said.", valueName: "time"))
    var lease: DurationArgument?

    @Option(help: ArgumentHelp("How long to wait where there are none, at most 60s.", valueName: "time"))
    var wait: DurationArgument?

    @Option(name: .customLong("tier"), help: ArgumentHelp("Only this tier; can be repeated.", valueName: "tier"))
    var tiers: [String] = []

    @Option(
        name: .customLong("area"),
        help: ArgumentHelp("Only this area and what lies in it; can be repeated.", valueName: "city/county"))
    var areas: [String] = []

    @Option(name: .customLong("site"), help: ArgumentHelp("Only this site; can be repeated.", valueName: "site"))
    var sites: [String] = []

    @OptionGroup var node: Node

    private struct Body: Encodable {
        let limit: Int
        let lease: Double?
        let wait: Double
        let tiers: [String]
        let areas: [String]
        let sites: [String]

        enum CodingKeys: String, CodingKey {
            case limit, tiers, areas, sites
            case lease = "lease_s"
            case wait = "wait_s"
        }
    }

    func run() async throws {
        let wait = wait?.milliseconds ?? 0
        let body = Body(
            limit: limit, lease: lease.map { Double($0.milliseconds) / 1_000 }, wait: Double(wait) / 1_000,
            tiers: tiers,
            areas: areas, sites: sites)
        let answer = try await ControlClient(socket: try await node.listeningSocket()).post(
            "/v1/escalations/claim", body: try JSONEncoder().encode(body), patience: .milliseconds(wait + 15_000))
        var output = StandardOutput()
        for line in try ListAnswer.members(of: answer, under: "escalations") { output.line(line) }
        output.flush()
    }
}
