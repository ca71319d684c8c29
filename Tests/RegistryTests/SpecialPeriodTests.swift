import Registry
import Telemetry
import Testing

@Suite("Special periods")
struct SpecialPeriodTests {
    private static let site = "site: shengli\n"

    @Test("are read with their times, and what is left out is usual")
    func reading() throws {
        let fixture = try RegistryFixture()
        try fixture.write(SpecialPeriodTests.site, to: "sites/shengli.yaml")
        try fixture.write(
            """
            special_periods:
              national-day:
                name: {zh: 国庆节}
                from: 2026-10-01T00:00:00+08:00
                to: 2026-10-08T00:00:00+08:00
              congress:
                from: 2026-11-01T00:00:00Z
                to: 2026-11-02T00:00:00Z
                sites: [shengli]
                priority_steps: 2
                climb_factor: 0.25
            """, to: "policies.yaml")
        let configuration = try fixture.load()
        #expect(configuration.policies == ["default": .standard])
        #expect(
            configuration.specialPeriods == [
                SpecialPeriod(
                    name: "national-day", title: BilingualText(zh: "国庆节"),
                    times: 1_790_784_000_000..<1_791_388_800_000),
                SpecialPeriod(
                    name: "congress", times: 1_793_491_200_000..<1_793_577_600_000, sites: ["shengli"],
                    prioritySteps: 2, climbFactor: 0.25),
            ])
    }

    @Test(
        "that make no sense are refused by the key's name",
        arguments: [
            ("from: 2026-10-08T00:00:00Z, to: 2026-10-01T00:00:00Z", "to is not after from"),
            ("from: 2026-10-01, to: 2026-10-08T00:00:00Z", "from is \"2026-10-01\""),
            ("from: 2026-10-01T00:00:00Z", "to"),
            ("from: 2026-10-01T00:00:00Z, to: 2026-10-08T00:00:00Z, sites: [elsewhere]", "sites[0] is \"elsewhere\""),
            ("from: 2026-10-01T00:00:00Z, to: 2026-10-08T00:00:00Z, priority_steps: 4", "priority_steps"),
            ("from: 2026-10-01T00:00:00Z, to: 2026-10-08T00:00:00Z, climb_factor: 0", "climb_factor"),
            ("from: 2026-10-01T00:00:00Z, to: 2026-10-08T00:00:00Z, factor: 1", "factor"),
        ])
    func faults(line: String, beginning: String) throws {
        let fixture = try RegistryFixture()
        try fixture.write(SpecialPeriodTests.site, to: "sites/shengli.yaml")
        try fixture.write("special_periods:\n  p: {\(line)}\n", to: "policies.yaml")
        let faults = fixture.faults()
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.contains("special_periods.p.\(beginning)") == true, "\(faults)")
        #expect(faults.first?.contains("; valid: ") == true)
    }

    @Test("hasten a policy's waits, and leave for how long may be shelved")
    func hastening() {
        let policy = EscalationPolicy.standard.hastened(by: 0.5)
        #expect(policy.climb[.critical] == [0, 150_000, 450_000, 900_000])
        #expect(policy.repeatEvery == 300_000)
        #expect(policy.realarm == [.critical: 900_000, .high: 3_600_000])
        #expect(policy.shelving == EscalationPolicy.usualShelving)
    }
}
