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
            ("grades: {\"5\": {low: [0s]}}", "grades.5"), ("grades: [1]", "grades"),
            ("grades: {\"1\": {critical: [0s, 5m, 4m]}}", "grades.1.critical[2]"),
            ("grades: {2: {low: [0s, 1m, 2m, 3m, 4m]}}", "grades.2.low"), ("stop_on: {low: []}", "stop_on.low"),
            ("stop_on: {urgent: [confirmed]}", "stop_on.urgent"), ("stop_on: {low: [seen]}", "stop_on.low[0]"),
        ])
    func wrongPolicy(line: String, path: String) throws {
        let fixture = try RegistryFixture()
        try fixture.write("policies:\n  p:\n    \(line)\n", to: "policies.yaml")
        let faults = fixture.faults()
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.hasPrefix("policies.yaml:3: policies.p.\(path) ") == true, "\(faults)")
        #expect(faults.first?.contains("; valid: ") == true)
    }

    @Test("times of a hazard grade hold instead of the usual ones, for the priorities named")
    func grades() throws {
        let policies = try load(
            """
            policies:
              p:
                grades:
                  1: {critical: [0s, 2m, 5m, 10m], low: []}
                  "2": {high: [0s, 5m]}
            """)
        let policy = try #require(policies["p"])
        #expect(policy.waits(.critical, grade: 1) == [0, 120_000, 300_000, 600_000])
        #expect(policy.waits(.low, grade: 1).isEmpty)
        #expect(policy.waits(.high, grade: 1) == EscalationPolicy.standard.climb[.high])
        #expect(policy.waits(.high, grade: 2) == [0, 300_000])
        for grade in [3, 4, nil] {
            for priority in Priority.allCases {
                #expect(policy.waits(priority, grade: grade) == EscalationPolicy.standard.climb[priority])
            }
        }
        for grade in [1, 2, 3, 4, nil] {
            for priority in Priority.allCases {
                #expect(policy.graded(grade).climb[priority] == policy.waits(priority, grade: grade))
            }
        }
        #expect(policy.hastened(by: 0.5).waits(.critical, grade: 1) == [0, 60_000, 150_000, 300_000])
    }

    @Test("what ends an escalation can be said for each priority; the others keep the standard")
    func stopOnByPriority() throws {
        let policies = try load(
            """
            policies:
              p: {stop_on: {critical: [confirmed], low: [acknowledged, returned]}}
              q: {stop_on: [returned]}
            """)
        let policy = try #require(policies["p"])
        #expect(policy.stopOn(.critical) == [.confirmed])
        #expect(policy.stopOn(.high) == [.acknowledged] && policy.stopOn(.medium) == [.acknowledged])
        #expect(policy.stopOn(.low) == [.acknowledged, .returned])
        #expect(Priority.allCases.allSatisfy { policies["q"]?.stopOn($0) == [.returned] })
    }

    @Test("the grade of a hazard source is found by its name")
    func sourceGrades() throws {
        let fixture = try RegistryFixture()
        try fixture.write(
            """
            site: shengli
            hazard_sources:
              - {source: TF-1, residents_within_500m: 60, substances: [{name: ammonia, quantity_t: 200}]}
              - {source: TF-2, residents_within_500m: 0, substances: [{name: ammonia, quantity_t: 1}]}
            """, to: "sites/shengli.yaml")
        let configuration = try fixture.load()
        let grades = SourceGrades(configuration.registry, by: configuration.standards)
        let source = try #require(configuration.registry.sites.first?.hazardSources.first)
        let grade = try #require(HazardGrade(source, by: configuration.standards).grade)
        #expect(grades.grade(site: "shengli", source: "TF-1") == grade)
        #expect(grades.grade(site: "shengli", source: "TF-2") == nil)
        #expect(grades.grade(site: "shengli", source: "") == nil)
        #expect(grades.grade(site: "elsewhere", source: "TF-1") == nil)
    }
}
