import Alarms
import Pipeline
import Registry
import Telemetry
import Testing

@Suite("Operator commands")
struct CommandTests {
    private static let registry = Registry(
        sites: [Site(name: "shengli")],
        points: [
            Point(
                site: 0, name: "LT-1", gateway: 0, tag: "LT-1", rules: [AlarmRule(condition: .high, limit: 8)])
        ],
        gateways: [Gateway(name: "gw1", silence: 0, sites: [0])])

    private func execute(
        _ action: OperatorCommand.Action, _ episode: ULID, _ harness: EngineHarness
    ) -> OperatorCommand.Outcome {
        let command = OperatorCommand(action: action, episode: episode, actor: "li", comment: "seen")
        let now = Instant(wall: harness.wall, monotonic: 1_000_000)
        return harness.engine.execute(command, at: now)
    }

    @Test("acknowledge an episode once, with actor and comment in the event")
    func acknowledge() throws {
        let harness = EngineHarness(registry: CommandTests.registry)
        harness.receive("gw1", #"{"values":{"LT-1":9}}"#)
        harness.commit()
        let episode = try #require(harness.engine.standing.first?.episode)
        guard case .done(let body) = execute(.acknowledge, episode, harness) else {
            Issue.record("an unacknowledged alarm was not acknowledged")
            return
        }
        #expect(body.contains(#""state":"acknowledged""#))
        let event = try #require(harness.engine.effects.events.first)
        #expect(event.type == "hazard.alarm.acknowledged.v1")
        #expect(event.body.contains(#""actor":"li","comment":"seen""#))
        #expect(harness.engine.effects.actions.first?.outcome == "done")
        harness.commit()
        guard case .refused(let reason) = execute(.acknowledge, episode, harness) else {
            Issue.record("an acknowledged alarm was acknowledged again")
            return
        }
        #expect(reason.contains("shengli/LT-1/H is acknowledged"))
        #expect(harness.engine.effects.events.isEmpty)
        // Refused ones are kept in the chain too.
        #expect(harness.engine.effects.actions.map(\.outcome) == [reason])
    }

    @Test("of an episode that does not stand change nothing")
    func unknown() {
        let harness = EngineHarness(registry: CommandTests.registry)
        guard case .notFound = execute(.reset, ULID(high: 1, low: 2), harness) else {
            Issue.record("an unknown episode was accepted")
            return
        }
        #expect(harness.engine.effects.events.isEmpty && harness.engine.effects.alarms.isEmpty)
    }
}
