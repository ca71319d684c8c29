import Alarms
import Pipeline
import Registry
import Telemetry
import Testing

@Suite("FLOOD")
struct FloodTests {
    private static let minute: Int64 = 60_000
    private static let subject = "_node/n1/FLOOD"

    /// Points `LT-0` on, of hazard sources TF-0 and TF-1 in turn; alarms at 8.
    private static func registry(_ count: Int, positions: [String?] = [nil, nil]) -> Registry {
        Registry(
            sites: [
                Site(
                    name: "shengli",
                    hazardSources: positions.enumerated().map { HazardSource(name: "TF-\($0)", position: $1) })
            ],
            points: (0..<count).map { number in
                Point(
                    site: 0, name: "LT-\(number)", source: "TF-\(number % 2)", gateway: 0, tag: "LT-\(number)",
                    rules: [AlarmRule(condition: .high, limit: 8, priority: .low)])
            },
            gateways: [Gateway(name: "gw1", silence: 0, sites: [0])])
    }

    private func floods(_ harness: EngineHarness) -> [String] {
        harness.lines.map(\.description).filter { $0.contains(FloodTests.subject) }
    }

    private func send(_ harness: EngineHarness, _ points: some Sequence<Int>, _ value: Double) throws {
        let values = points.map { "\"LT-\($0)\":\(value)" }.joined(separator: ",")
        try harness.perform(.message(gateway: "gw1", payload: "{\"values\":{\(values)}}", isRetained: false))
    }

    /// Raises one point after the other, one every `step` milliseconds from now on.
    private func raise(_ harness: EngineHarness, _ points: Range<Int>, every step: Int64) throws {
        for point in points {
            try send(harness, [point], 9)
            harness.advance(to: harness.elapsed + step)
        }
    }

    @Test("is raised once by 5,000 alarms in 10 s, names the first of them, and keeps none back")
    func storm() throws {
        let harness = EngineHarness(registry: FloodTests.registry(5_000))
        for burst in 0..<500 {
            try send(harness, (burst * 10)..<(burst * 10 + 10), 9)
            harness.advance(to: Int64(burst + 1) * 20)
        }
        let raised = harness.store.events.filter { $0.type == "hazard.alarm.raised.v1" }
        #expect(raised.count == 5_001)
        #expect(Set(raised.map(\.subject)).count == 5_001, "each point's alarm and FLOOD")
        #expect(raised.map(\.sequence) == (1...5_001).map { Int64($0) }, "in order, without a gap")
        let flood = try #require(harness.engine.standing.first { $0.subject.condition == .flood })
        #expect(flood.priority == .medium && flood.state == .unacknowledged)
        #expect(harness.engine.standing.count == 5_001)
        #expect(harness.engine.standing.allSatisfy { $0.suppression == .none })
        let cause = try #require(flood.cause)
        #expect(cause.contains("first out shengli/LT-0/H"), "\(cause)")
        #expect(cause.hasPrefix("20 alarms: at shengli 20,"), "raised with the second burst: \(cause)")
        #expect(cause.contains("by source: shengli/TF-0 10, shengli/TF-1 10"), "\(cause)")
        // Nothing more comes: ten minutes later it is over, and says what it was.
        harness.advance(to: 30 * FloodTests.minute)
        let lines = floods(harness)
        #expect(lines.count == 2)
        #expect(lines.last?.hasPrefix("+609.98 alarm.returned _node/n1/FLOOD") == true, "\(lines)")
        #expect(lines.last?.contains("over after 5000 alarms: at shengli 5000, first out shengli/LT-0/H") == true)
    }

    @Test("is raised by the eleventh alarm in ten minutes, and not where one has left just before")
    func limit() throws {
        let harness = EngineHarness(registry: FloodTests.registry(30))
        // 0 to 540 s, then the eleventh at 600 s, when the first has left.
        try raise(harness, 0..<10, every: FloodTests.minute)
        try send(harness, [10], 9)
        #expect(floods(harness).isEmpty)
        harness.advance(to: harness.elapsed + FloodTests.minute - 1)
        try send(harness, [11], 9)
        #expect(
            floods(harness).map { String($0.prefix(42)) } == ["+659.999 alarm.raised _node/n1/FLOOD unack"])
    }

    @Test("returns when four are left of ten minutes, at that moment, and comes again in the same episode")
    func returns() throws {
        let harness = EngineHarness(registry: FloodTests.registry(60))
        try raise(harness, 0..<11, every: 1_000)
        // A trickle that keeps five in ten minutes keeps the flood up.
        harness.advance(to: 300_000)
        try raise(harness, 11..<16, every: 60_000)
        harness.advance(to: 1_200_000)
        #expect(floods(harness).map { $0.split(separator: " ")[1] } == ["alarm.raised", "alarm.returned"])
        #expect(floods(harness).last?.hasPrefix("+900 ") == true, "the alarm of 300 s leaves: \(floods(harness))")
        try raise(harness, 20..<31, every: 1_000)
        let lines = floods(harness)
        #expect(lines.count == 3 && !(lines.last?.contains("episode=2") ?? true), "nobody acknowledged it: \(lines)")
    }

    @Test("counts each operator position by itself")
    func positions() throws {
        let harness = EngineHarness(registry: FloodTests.registry(40, positions: [nil, "panel-2"]))
        try raise(harness, 0..<20, every: 1_000)
        #expect(floods(harness).isEmpty, "ten at each")
        try send(harness, [21], 9)
        #expect(floods(harness).first?.contains("(11 alarms: at panel-2 11, first out shengli/LT-1/H") == true)
        try send(harness, [20], 9)
        #expect(floods(harness).count == 1)
        harness.advance(to: 20 * FloodTests.minute)
        let cause = floods(harness).last ?? ""
        #expect(
            cause.contains("over after 22 alarms: at panel-2 11, first out shengli/LT-1/H; shengli 11,"), "\(cause)")
    }

    @Test("does not count its own events, nor suppressed ones")
    func notCounted() throws {
        let registry = Registry(
            sites: [Site(name: "shengli")],
            points: (0..<20).map { number in
                Point(
                    site: 0, name: "LT-\(number)", gateway: 0, tag: "LT-\(number)", staleAfter: 30_000,
                    rules: [AlarmRule(condition: .stale, priority: .low)])
            },
            gateways: [Gateway(name: "gw1", silence: 10_000, sites: [0])])
        let harness = EngineHarness(registry: registry)
        harness.advance(to: 40_000)
        let stale = harness.engine.standing.filter { $0.subject.condition == .stale }
        #expect(stale.count == 20 && stale.allSatisfy { $0.suppression == .suppressedByDesign })
        #expect(floods(harness).isEmpty, "OFFLINE explains them")
        // From here on the gateway sends for one point only: the others' alarms are shown, all at once.
        for count in 0..<12 {
            try send(harness, [0], 1)
            harness.advance(to: 40_000 + Int64(count + 1) * 5_000)
        }
        #expect(harness.engine.standing.count { $0.suppression == .none && $0.subject.condition == .stale } > 10)
        #expect(floods(harness).count == 1)
    }

    /// A flood of alarms that come and go, a trickle that keeps it up, a calm, and another one.
    /// - Parameter place: the step after which the engine is killed and built again; nil for none.
    private func floodsAndCalm(restartAfter place: Int?) throws -> [String] {
        let harness = EngineHarness(registry: FloodTests.registry(40))
        var times: [Int64] = []
        for step in 0..<14 { times.append(Int64(step) * 1_000) }
        for step in 0..<5 { times.append(300_000 + Int64(step) * 60_000) }
        for step in 0..<12 { times.append(1_300_000 + Int64(step) * 1_000) }
        times.append(2_400_000)
        for (step, time) in times.enumerated() {
            harness.advance(to: time)
            try send(harness, [step], 9)
            harness.advance(to: time + 500)
            try send(harness, [step], 1)
            if step == place { harness.restart(downFor: 0) }
        }
        return floods(harness)
    }

    @Test("is the same over a kill at any moment, though the alarms have come and gone: nothing lost, nothing repeated")
    func restarts() throws {
        let whole = try floodsAndCalm(restartAfter: nil)
        #expect(
            whole.map { $0.split(separator: " ")[1] } == [
                "alarm.raised", "alarm.returned", "alarm.raised", "alarm.returned",
            ])
        for place in 0..<32 {
            #expect(try floodsAndCalm(restartAfter: place) == whole, "killed after step \(place)")
        }
    }

    @Test("is raised after a kill that came between the eleventh alarm's commit and its own")
    func killedBetween() throws {
        let harness = EngineHarness(registry: FloodTests.registry(20))
        try raise(harness, 0..<10, every: 1_000)
        harness.receive("gw1", "{\"values\":{\"LT-10\":9}}")
        harness.commit()
        #expect(floods(harness).isEmpty)
        harness.restart(downFor: 2_000)
        harness.advance(to: harness.elapsed)
        #expect(floods(harness).count == 1)
        #expect(floods(harness).first?.contains("(11 alarms: at shengli 11, first out shengli/LT-0/H") == true)
    }

    @Test("that ended during a stop returns at the start, and says what it was")
    func overMeanwhile() throws {
        let harness = EngineHarness(registry: FloodTests.registry(20))
        try raise(harness, 0..<13, every: 1_000)
        harness.restart(downFor: 20 * FloodTests.minute)
        harness.advance(to: harness.elapsed)
        let lines = floods(harness)
        #expect(lines.map { $0.split(separator: " ")[1] } == ["alarm.raised", "alarm.returned"])
        #expect(
            lines.last?.contains("over after 13 alarms: at shengli 13, first out shengli/LT-0/H") == true, "\(lines)")
    }
}
