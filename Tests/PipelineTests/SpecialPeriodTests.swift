import Alarms
import Pipeline
import Registry
import Telemetry
import Testing

@Suite("Alarms in a special period")
struct SpecialPeriodTests {
    private static let registry = Registry(
        sites: [Site(name: "east"), Site(name: "west")],
        points: [0, 1].map { site in
            Point(
                site: site, name: "LT-1", gateway: site, tag: "LT-1",
                rules: [AlarmRule(condition: .high, limit: 8, priority: .medium)])
        },
        gateways: [Gateway(name: "gw0", sites: [0]), Gateway(name: "gw1", sites: [1])])

    @Test("count for more at its sites, and as usual before, after and elsewhere")
    func priorities() {
        let start = EngineHarness.start
        let harness = EngineHarness(
            registry: SpecialPeriodTests.registry,
            periods: [
                SpecialPeriod(
                    name: "congress", times: (start + 10_000)..<(start + 20_000), sites: ["east"], prioritySteps: 1),
                SpecialPeriod(name: "drought", times: (start + 15_000)..<(start + 20_000), prioritySteps: 3),
            ])
        func priority(at seconds: Int64, _ site: Int) -> Priority? {
            harness.advance(to: seconds * 1_000)
            let time = start + seconds * 1_000
            harness.receive("gw\(site)", "{\"ts\":\(time),\"values\":{\"LT-1\":9}}")
            harness.commit()
            let raised = harness.engine.standing.first { $0.subject.site == ["east", "west"][site] }
            harness.receive("gw\(site)", "{\"ts\":\(time + 1),\"values\":{\"LT-1\":1}}")
            harness.commit()
            return raised?.priority
        }
        #expect(priority(at: 5, 0) == .medium)
        #expect(priority(at: 11, 0) == .high)
        #expect(priority(at: 12, 1) == .medium)
        #expect(priority(at: 16, 0) == .critical)
        #expect(priority(at: 17, 1) == .critical)
        #expect(priority(at: 21, 0) == .medium)
        #expect(
            harness.store.events.filter { $0.type.hasPrefix("hazard.period.") }.map(\.type) == [
                "hazard.period.began.v1", "hazard.period.began.v1", "hazard.period.ended.v1", "hazard.period.ended.v1",
            ])
    }
}
