import Registry
import Telemetry

/// Rosters of a policies file that is written for one test.
enum RosterFixture {
    /// The plan of a policies file; what it leaves out of `policies` is the standard.
    static func plan(_ text: String) throws -> DutyPlan {
        let fixture = try RegistryFixture()
        try fixture.write(whole(text), to: "policies.yaml")
        return try fixture.load().duty
    }

    /// What is reported about it.
    static func faults(_ text: String) throws -> [String] {
        let fixture = try RegistryFixture()
        try fixture.write(whole(text), to: "policies.yaml")
        return fixture.faults()
    }

    private static func whole(_ text: String) -> String {
        text.contains("policies:") ? text : text + "\npolicies: {}\n"
    }
}
