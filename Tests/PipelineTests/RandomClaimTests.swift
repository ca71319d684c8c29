import Alarms
import Escalation
import Pipeline
import Registry
import Telemetry
import Testing

@Suite("Random consumers")
struct RandomClaimTests {
    private static let tiers = ["enterprise", "township", "county"]
    private static let sites = 12

    private static let registry = Registry(
        sites: (0..<sites).map { Site(name: "s\($0)", area: ["city", "county-\($0 % 3)"]) },
        points: (0..<sites).map { site in
            Point(
                site: site, name: "LT-1", gateway: site, tag: "LT-1",
                rules: [AlarmRule(condition: .high, limit: 8, priority: .medium)])
        },
        gateways: (0..<sites).map { Gateway(name: "gw\($0)", silence: 0, sites: [$0]) })

    /// What a consumer believes to hold.
    private struct Held {
        let claimed: ClaimedEscalation
        let holder: String
        let until: Int64
    }

    @Test(
        "that claim, fail, stall and vanish over restarts leave each task done, in order, by none whose lease had passed",
        arguments: 0..<40)
    func random(seed: UInt64) {
        var random = RandomState(seed: seed)
        let policy = EscalationPolicy(
            name: "default", tiers: RandomClaimTests.tiers, climb: [.medium: [0, 20_000, 40_000]])
        let harness = EngineHarness(registry: RandomClaimTests.registry, policies: ["default": policy])
        for site in 0..<RandomClaimTests.sites { harness.receive("gw\(site)", "{\"values\":{\"LT-1\":9}}") }
        harness.advance(to: 0)
        var held: [Held] = []
        var done: [String: [String]] = [:]
        var steps = 0
        while steps < 4_000, done.values.reduce(0, { $0 + $1.count }) < RandomClaimTests.sites * 3 {
            steps += 1
            let holder = "c\(UInt64.random(in: 0..<8, using: &random))"
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<7:
                let lease = Int64.random(in: 1_000...30_000, using: &random)
                let claim = EscalationClaim(
                    holder: holder, limit: Int.random(in: 1...4, using: &random), lease: lease)
                for claimed in harness.claim(claim) {
                    let later = held.contains {
                        $0.until > harness.wall && $0.claimed.task.id == claimed.task.id
                            && $0.claimed.task.attempts >= claimed.task.attempts
                    }
                    #expect(!later, "seed \(seed): \(claimed.task.id) was handed out twice under one number")
                    held.append(Held(claimed: claimed, holder: holder, until: harness.wall + lease))
                }
            case 7..<15:
                guard !held.isEmpty else { continue }
                let one = held.remove(at: Int.random(in: held.indices, using: &random))
                let verb: LeaseReport.Verb = Int.random(in: 0..<10, using: &random) == 0 ? .fail : .done
                let item = LeaseReport.Item(task: one.claimed.task.id, claim: one.claimed.task.attempts)
                let outcome = harness.report(LeaseReport(verb, [item], holder: one.holder, scope: .unlimited))[0]
                guard case .done = outcome else { continue }
                #expect(harness.wall <= one.until, "seed \(seed): accepted after the lease had passed")
                if verb == .done { done[one.claimed.task.subject, default: []].append(one.claimed.task.tier) }
            case 15..<18: harness.advance(to: harness.elapsed + Int64.random(in: 0...8_000, using: &random))
            case 18: held.removeAll { $0.holder == holder }
            default: harness.restart(downFor: Int64.random(in: 0...5_000, using: &random))
            }
            let dead = harness.store.tasks.values.filter { $0.state == .deadLettered && !$0.isClosed }
            if !dead.isEmpty {
                _ = harness.report(
                    LeaseReport(
                        .requeue, dead.map { LeaseReport.Item(task: $0.id, claim: 0) }, holder: "li", scope: .unlimited)
                )
            }
        }
        for site in 0..<RandomClaimTests.sites {
            #expect(
                done["s\(site)/LT-1/H"] == RandomClaimTests.tiers, "seed \(seed): not each tier once, in order")
        }
    }
}
