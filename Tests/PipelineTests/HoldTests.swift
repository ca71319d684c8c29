import Alarms
import Pipeline
import Registry
import Telemetry
import Testing

@Suite("Holds")
struct HoldTests {
    private static func registry(_ priority: Priority = .critical, latching: Bool = false) -> Registry {
        Registry(
            sites: [Site(name: "shengli")],
            points: [
                Point(
                    site: 0, name: "LT-1", source: "TF-1", gateway: 0, tag: "LT-1",
                    rules: [
                        AlarmRule(condition: .high, limit: 8, priority: priority, latching: latching)
                    ]),
                Point(
                    site: 0, name: "LT-2", gateway: 0, tag: "LT-2",
                    rules: [AlarmRule(condition: .high, limit: 8, priority: .critical)]),
            ],
            gateways: [Gateway(name: "gw1", silence: 0, sites: [0])])
    }

    private static let minute: Int64 = 60_000

    /// What the effects change, with the times relative to the start.
    private func changes(_ harness: EngineHarness) -> [String] {
        harness.engine.effects.holds.values.map { change in
            let times = change.hold.times
            return "\(change.hold.subject) of \(change.hold.site)/\(change.hold.source) "
                + "\(times.lowerBound - EngineHarness.start)...\(times.upperBound - EngineHarness.start)"
                + (change.begins ? " begins" : "")
        }.sorted()
    }

    @Test("begin with the raise of an alarm of the priority asked for, in the same effects")
    func begins() {
        let harness = EngineHarness(registry: HoldTests.registry())
        harness.holdsCommits = true
        harness.receive("gw1", #"{"values":{"LT-1":9}}"#)
        #expect(harness.engine.effects.events.map(\.type) == ["hazard.alarm.raised.v1"])
        #expect(changes(harness) == ["shengli/LT-1/H of shengli/TF-1 -600000...600000 begins"])
    }

    @Test("are not begun by an alarm of less priority")
    func lessUrgent() {
        let harness = EngineHarness(registry: HoldTests.registry(.high))
        harness.holdsCommits = true
        harness.receive("gw1", #"{"values":{"LT-1":9}}"#)
        #expect(!harness.engine.effects.events.isEmpty)
        #expect(harness.engine.effects.holds.values.allSatisfy { !$0.begins })
    }

    @Test("of a point without a hazard source are about the whole site")
    func wholeSite() {
        let harness = EngineHarness(registry: HoldTests.registry())
        harness.holdsCommits = true
        harness.receive("gw1", #"{"values":{"LT-2":9}}"#)
        #expect(changes(harness) == ["shengli/LT-2/H of shengli/ -600000...600000 begins"])
    }

    @Test("of the node's own alarms are about everything")
    func everything() {
        let harness = EngineHarness(registry: HoldTests.registry())
        harness.holdsCommits = true
        let now = Instant(wall: harness.wall, monotonic: 1_000_000)
        harness.engine.brokerLost(cause: "gone", at: now)
        #expect(changes(harness) == ["_node/n1/BROKER of / -600000...600000 begins"])
    }

    @Test("grow with what the episode brings, to its end")
    func grows() {
        let harness = EngineHarness(registry: HoldTests.registry(latching: true))
        harness.receive("gw1", #"{"values":{"LT-1":9}}"#)
        harness.commit()
        harness.holdsCommits = true
        harness.advance(to: 3 * HoldTests.minute)
        harness.receive("gw1", #"{"values":{"LT-1":1}}"#)
        #expect(changes(harness) == ["shengli/LT-1/H of shengli/TF-1 -600000...780000"])
        harness.commit()
        harness.advance(to: 5 * HoldTests.minute)
        harness.receive("gw1", #"{"values":{"LT-1":9}}"#)
        #expect(changes(harness) == ["shengli/LT-1/H of shengli/TF-1 -600000...900000 begins"])
        harness.commit()
        // Not by what only a person does.
        let now = Instant(wall: harness.wall + 60_000, monotonic: 1_500_000)
        let episode = harness.engine.standing[0].episode
        _ = harness.engine.execute(
            OperatorCommand(action: .acknowledge, episode: episode, actor: "li", comment: nil), at: now)
        #expect(changes(harness).isEmpty)
    }

    @Test("are one change where raise and return fall into the same burst")
    func oneBurst() {
        let harness = EngineHarness(registry: HoldTests.registry())
        harness.holdsCommits = true
        harness.receive("gw1", #"{"values":{"LT-1":9}}"#)
        harness.advance(to: HoldTests.minute)
        harness.receive("gw1", #"{"values":{"LT-1":1}}"#)
        #expect(changes(harness) == ["shengli/LT-1/H of shengli/TF-1 -600000...660000 begins"])
    }

    @Test("never end before the raise, wherever the clock was set")
    func clockSetBack() throws {
        let harness = EngineHarness(registry: HoldTests.registry())
        harness.receive("gw1", #"{"values":{"LT-1":9}}"#)
        harness.holdsCommits = true
        try harness.perform(.setWallClock(-3_600_000))
        harness.receive("gw1", #"{"values":{"LT-1":1}}"#)
        #expect(
            harness.engine.effects.holds.values.allSatisfy { $0.hold.times.upperBound >= EngineHarness.start + 600_000 }
        )
        #expect(HoldRule().times(raisedAt: 5_000_000, latest: 1) == 4_400_000...5_600_000)
    }

    @Test("of alarms that stand at a start are there again")
    func restart() {
        let harness = EngineHarness(registry: HoldTests.registry())
        harness.receive("gw1", #"{"values":{"LT-1":9}}"#)
        harness.holdsCommits = true
        harness.commit()
        let engine = Engine(
            registry: HoldTests.registry(), options: harness.engine.options, state: harness.store.state,
            at: Instant(wall: harness.wall + HoldTests.minute, monotonic: 1))
        let times = engine.effects.holds.values.map(\.hold.times)
        #expect(times == [EngineHarness.start - 600_000...EngineHarness.start + 600_000])
    }
}
