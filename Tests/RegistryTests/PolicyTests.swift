import Registry
import Telemetry
import Testing

@Suite("Escalation policies")
struct PolicyTests {
    private func load(_ text: String) throws -> [String: EscalationPolicy] {
        let fixture = try RegistryFixture()
        try fixture.write(text, to: "policies.yaml")
        return try fixture.load().policies
    }

    @Test("the contract's policy, written out, is the standard one")
    func standard() throws {
        let policies = try load(
            """
            policies:
              default:
                tiers: [enterprise, township, county, city]
                climb:
                  critical: [0s, 5m, 15m, 30m]
                  high:     [0s, 15m, 1h, 4h]
                  medium:   [0s, 4h]
                  low:      [0s]
                stop_on: [acknowledged]
                repeat: 10m
                realarm: {critical: 30m, high: 2h}
            """)
        #expect(policies == ["default": .standard])
        #expect(EscalationPolicy.standard.climb[.high] == [0, 900_000, 3_600_000, 14_400_000])
        #expect(EscalationPolicy.standard.realarm == [.critical: 1_800_000, .high: 7_200_000])
    }

    @Test("a policy of one's own stands beside the default, and what it leaves out is the standard's")
    func ownPolicy() throws {
        let policies = try load(
            """
            policies:
              night:
                tiers: [duty, city]
                climb: {critical: [2s, 1d], low: []}
                stop_on: [confirmed, returned]
                repeat: 0s
                realarm: {low: 3s, high: 0s}
            """)
        #expect(policies["default"] == .standard)
        let night = try #require(policies["night"])
        #expect(night.tiers == ["duty", "city"])
        #expect(
            night.climb == [.critical: [2_000, 86_400_000], .high: [0, 900_000], .medium: [0, 14_400_000], .low: []])
        #expect(night.stopOn == [.confirmed, .returned])
        #expect(night.repeatEvery == nil)
        #expect(night.realarm == [.low: 3_000])
    }

    @Test(
        "a wrong policy is refused by the key's name",
        arguments: [
            ("tiers: []", "tiers"), ("tiers: [a, a]", "tiers[1]"), ("tiers: [a/b]", "tiers[0]"),
            ("climb: {critical: [0s, 5m, 4m]}", "climb.critical[2]"), ("climb: {urgent: [0s]}", "climb.urgent"),
            ("climb: {low: [0s, 1m, 2m, 3m, 4m]}", "climb.low"), ("climb: {low: [5]}", "climb.low[0]"),
            ("climb: {low: [1.5h]}", "climb.low[0]"), ("climb: {low: 5m}", "climb.low"), ("stop_on: []", "stop_on"),
            ("stop_on: [silence]", "stop_on[0]"), ("repeat: -5m", "repeat"), ("repeat: 99999999999999999d", "repeat"),
            ("realarm: {high: never}", "realarm.high"), ("every: 5m", "every"),
        ])
    func wrongPolicy(line: String, path: String) throws {
        let fixture = try RegistryFixture()
        try fixture.write("policies:\n  p:\n    \(line)\n", to: "policies.yaml")
        let faults = fixture.faults()
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.hasPrefix("policies.yaml:3: policies.p.\(path) ") == true, "\(faults)")
        #expect(faults.first?.contains("; valid: ") == true)
    }
}
