import Alarms
import Escalation
import Pipeline
import Registry
import Telemetry
import Testing

@Suite("Claims of escalations")
struct ClaimTests {
    private static let second: Int64 = 1_000

    /// Two tiers at once and a third after a minute, announced again after ten.
    private static let policy = EscalationPolicy(
        name: "default", tiers: ["enterprise", "township", "county"],
        climb: [.medium: [0, 0, 60_000]], repeatEvery: 600_000)

    private static let registry = Registry(
        sites: [
            Site(name: "east", area: ["dongying", "kenli"]), Site(name: "west", area: ["dongying", "lijin"]),
        ],
        points: [0, 1].map { site in
            Point(
                site: site, name: "LT-1", gateway: site, tag: "LT-1",
                rules: [AlarmRule(condition: .high, limit: 8, priority: .medium)])
        },
        gateways: [Gateway(name: "gw0", silence: 0, sites: [0]), Gateway(name: "gw1", silence: 0, sites: [1])])

    private let harness = EngineHarness(registry: registry, policies: ["default": policy])

    private func raise(_ site: Int) {
        harness.receive("gw\(site)", "{\"values\":{\"LT-1\":9}}")
        harness.advance(to: harness.elapsed)
    }

    private func claim(
        _ holder: String = "room", limit: Int = 10, lease: Int64 = 60_000, tiers: Set<String> = [],
        scopes: [AreaScope] = []
    ) -> [ClaimedEscalation] {
        harness.claim(
            EscalationClaim(holder: holder, limit: limit, lease: lease, tiers: tiers, scopes: scopes))
    }

    private func report(
        _ verb: LeaseReport.Verb, _ claimed: ClaimedEscalation, by holder: String = "room", note: String? = nil,
        scope: AreaScope = .unlimited
    ) -> LeaseReport.Outcome? {
        harness.report(
            LeaseReport(
                verb, [LeaseReport.Item(task: claimed.task.id, claim: claimed.task.attempts, note: note)],
                holder: holder, scope: scope)
        ).first
    }

    private func isDone(_ outcome: LeaseReport.Outcome?) -> Bool {
        if case .done = outcome { true } else { false }
    }

    private func events(_ kind: String) -> Int {
        harness.store.events.count { $0.type == "hazard.escalation.\(kind).v1" }
    }

    @Test("hand out each task once, and tiers of one episode in their order")
    func order() throws {
        raise(0)
        let first = claim()
        #expect(first.map(\.task.tier) == ["enterprise"])
        #expect(claim("other").isEmpty)
        #expect(isDone(report(.done, try #require(first.first))))
        #expect(claim().map(\.task.tier) == ["township"])
        #expect(claim().isEmpty)
        #expect(events("done") == 1)
    }

    @Test("for one tier do not wait for a tier below that others serve")
    func tierAlone() {
        raise(0)
        #expect(claim("township", tiers: ["township"]).map(\.task.tier) == ["township"])
        #expect(claim("enterprise", tiers: ["enterprise", "city"]).map(\.task.tier) == ["enterprise"])
    }

    @Test("see the areas they are for, and no other")
    func areas() {
        raise(0)
        raise(1)
        let kenli = AreaScope([["dongying", "kenli"]])
        let claimed = claim(tiers: ["enterprise"], scopes: [.unlimited, kenli])
        #expect(claimed.map(\.task.site) == ["east"])
        #expect(claimed.first?.area == ["dongying", "kenli"])
        #expect(claim(tiers: ["enterprise"], scopes: [AreaScope([["dongying"]])]).map(\.task.site) == ["west"])
    }

    @Test("of somebody else's area cannot be answered for")
    func foreignArea() throws {
        raise(0)
        let claimed = try #require(claim().first)
        #expect(report(.done, claimed, scope: AreaScope([["dongying", "lijin"]])) == .unknown)
        #expect(isDone(report(.done, claimed)))
    }

    @Test("that ran out are nobody's: the slow consumer is turned away, the next one gets it")
    func fencing() throws {
        raise(0)
        let slow = try #require(claim("slow", lease: 5_000).first)
        harness.advance(to: 5_000)
        #expect(claim("quick").isEmpty, "a failure is not tried again at once")
        harness.advance(to: 10_000)
        let quick = try #require(claim("quick").first)
        #expect(quick.task.id == slow.task.id)
        #expect(!isDone(report(.done, slow, by: "slow")))
        #expect(!isDone(report(.done, slow, by: "quick")), "the number of a former claim")
        #expect(!isDone(report(.done, quick, by: "slow")), "somebody else's claim")
        #expect(isDone(report(.done, quick, by: "quick")))
        #expect(events("failed") == 1)
        #expect(events("done") == 1)
    }

    @Test("answered for twice are done once, as the first answer may have been lost")
    func repeatedReport() throws {
        raise(0)
        let claimed = try #require(claim().first)
        #expect(isDone(report(.done, claimed)))
        #expect(isDone(report(.done, claimed)))
        #expect(events("done") == 1)
        #expect(!isDone(report(.fail, claimed)))
    }

    @Test("that fail are tried again after 5, 10, 20 and 40 s, and then are dead letters, for which UNDELIVERED stands")
    func deadLetter() throws {
        raise(0)
        var at: Int64 = 0
        for wait in [5, 10, 20, 40] as [Int64] {
            #expect(isDone(report(.fail, try #require(claim(tiers: ["enterprise"]).first), note: "no line")))
            harness.advance(to: (at + wait) * ClaimTests.second - 1)
            #expect(claim(tiers: ["enterprise"]).isEmpty)
            at += wait
            harness.advance(to: at * ClaimTests.second)
        }
        let last = try #require(claim(tiers: ["enterprise"]).first)
        #expect(isDone(report(.fail, last, note: "no line")))
        #expect(events("failed") == 4)
        #expect(events("dead_lettered") == 1)
        let undelivered = harness.engine.standing.first { $0.subject.condition == .undelivered }
        #expect(undelivered?.subject.description == "_node/n1/UNDELIVERED")
        #expect(undelivered?.priority == .critical)
        // Tiers above are not held up by it for good.
        #expect(claim(scopes: [AreaScope([["dongying"]])]).map(\.task.tier) == ["township"])
        #expect(isDone(report(.requeue, last)))
        #expect(harness.engine.standing.contains { $0.subject.condition == .undelivered && !$0.state.isActive })
        #expect(isDone(report(.done, try #require(claim(tiers: ["enterprise"]).first { $0.task.site == "east" }))))
    }

    @Test("end with the alarm's acknowledgement")
    func cancelled() throws {
        raise(0)
        let claimed = try #require(claim().first)
        let episode = try #require(harness.engine.standing.first?.episode)
        _ = harness.engine.execute(
            OperatorCommand(action: .acknowledge, episode: episode, actor: "li", comment: nil),
            at: Instant(wall: harness.wall, monotonic: 1_000_000))
        harness.commit()
        #expect(report(.done, claimed) == .unknown)
        #expect(claim().isEmpty)
        #expect(harness.store.tasks.values.allSatisfy { $0.isClosed && $0.state == .cancelled })
    }

    @Test("that nobody claimed leave their place to others when their alarm is acknowledged")
    func cancelledUnclaimed() throws {
        raise(0)
        let episode = try #require(harness.engine.standing.first?.episode)
        raise(1)
        _ = harness.engine.execute(
            OperatorCommand(action: .acknowledge, episode: episode, actor: "li", comment: nil),
            at: Instant(wall: harness.wall, monotonic: 1_000_000))
        harness.commit()
        #expect(claim(limit: 1).map(\.task.site) == ["west"])
    }

    private func acknowledgeAll() {
        for alarm in harness.engine.standing where alarm.state == .unacknowledged {
            _ = harness.engine.execute(
                OperatorCommand(action: .acknowledge, episode: alarm.episode, actor: "li", comment: nil),
                at: Instant(wall: harness.wall, monotonic: 1_000_000 + harness.elapsed))
        }
        harness.commit()
    }

    @Test("leave nothing to the alarms after them: no lease that runs out, nothing that is tried again")
    func numbersGivenAgain() throws {
        raise(0)
        #expect(claim(lease: 5_000).count == 1)
        let last = try #require(claim(lease: 5_000, tiers: ["township"]).first)
        #expect(isDone(report(.fail, last)))
        acknowledgeAll()
        harness.advance(to: 6_000)
        #expect(claim().isEmpty)
        #expect(events("failed") == 1)
        // Another alarm takes the places of the first one's tasks; its third tier's time has not come.
        raise(1)
        harness.advance(to: 12_000)
        let later = harness.store.tasks.values.filter { $0.site == "west" }
        #expect(later.sorted { $0.step < $1.step }.map(\.state) == [.ready, .ready, .scheduled])
        #expect(events("failed") == 1)
    }

    @Test("that ran out together are tried again oldest first, whatever numbers their tasks have")
    func ranOutTogether() throws {
        raise(0)
        raise(1)
        acknowledgeAll()
        // Numbers that were given back are taken in another order.
        for site in [0, 1] { harness.receive("gw\(site)", "{\"values\":{\"LT-1\":1}}") }
        harness.advance(to: 1_000)
        raise(0)
        harness.advance(to: 2_000)
        raise(1)
        let claimed = claim(lease: 5_000)
        #expect(claimed.map(\.task.site) == ["east", "west"])
        harness.advance(to: 13_000)
        #expect(claim(limit: 1).map(\.task.site) == ["east"])
        harness.restart(downFor: 0)
        #expect(claim(limit: 1).map(\.task.site) == ["west"])
    }

    @Test("announced again while they are held come back once they are done")
    func repeatWhileHeld() throws {
        raise(0)
        let county = { claim(lease: 3_600_000, tiers: ["county"]) }
        harness.advance(to: 60_000)
        let first = try #require(county().first)
        harness.advance(to: 660_000)
        #expect(isDone(report(.done, first)))
        let second = try #require(county().first)
        #expect(second.task.id == first.task.id)
        #expect(second.task.idempotencyKey != first.task.idempotencyKey)
        #expect(isDone(report(.done, second)))
        #expect(county().isEmpty)
        harness.advance(to: 1_260_000)
        #expect(county().count == 1)
    }

    @Test("survive a restart: what is held stays held, what waits keeps its place")
    func restart() throws {
        raise(0)
        raise(1)
        let held = try #require(claim(limit: 1, tiers: ["enterprise"]).first)
        harness.restart(downFor: 1_000)
        #expect(claim("other", tiers: ["enterprise"]).map(\.task.site) == ["west"])
        #expect(isDone(report(.done, held)))
    }

    @Test("that ran out while the daemon was down are free, and no failure is counted")
    func restartAfterLease() throws {
        raise(0)
        let held = try #require(claim(lease: 10_000, tiers: ["enterprise"]).first)
        harness.restart(downFor: 11_000)
        #expect(!isDone(report(.done, held)))
        let again = try #require(claim(tiers: ["enterprise"]).first)
        #expect(again.task.failures == 0)
        #expect(events("failed") == 0)
    }

    @Test("put every consumer and what it said on record")
    func audit() throws {
        raise(0)
        let claimed = try #require(
            harness.claim(EscalationClaim(holder: "sms", origin: "consumer, 10.0.0.7", tiers: ["enterprise"])).first)
        _ = harness.report(
            LeaseReport(
                .fail, [LeaseReport.Item(task: claimed.task.id, claim: 1, note: "no line")], holder: "sms",
                origin: "consumer, 10.0.0.7", scope: .unlimited))
        let actions = harness.store.actions
        #expect(actions.map(\.action) == ["claim", "fail"])
        #expect(actions.allSatisfy { $0.actor == "sms (consumer, 10.0.0.7)" && $0.target == "escalations" })
        #expect(actions[0].outcome == "leased 1 for 60000 ms: \(claimed.task.id)/1")
        #expect(actions[1].comment == "no line")
        let failed = try #require(harness.store.events.last { $0.type == "hazard.escalation.failed.v1" })
        #expect(failed.body.contains(#""actor":"sms","comment":"no line""#))
        #expect(failed.body.contains("\"escalation\":\"\(claimed.task.id)\""))
    }
}
