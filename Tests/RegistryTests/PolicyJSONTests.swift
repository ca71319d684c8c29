import Registry
import Telemetry
import Testing

@Suite("A policy as JSON")
struct PolicyJSONTests {
    private static let texts = ["enterprise", "town-1", "县", "a\"b\\c/d", "", "\u{1F6A8}\n\t", "e\u{301}"]

    private static func random(_ random: inout RandomState) -> EscalationPolicy {
        func times(_ random: inout RandomState) -> [Int64] {
            (0..<Int.random(in: 0...4, using: &random)).map { _ in
                [0, 1, 60_000, 315_360_000_000, .max, -1].randomElement(using: &random) ?? 0
            }
        }
        func each<Value>(_ random: inout RandomState, _ value: (inout RandomState) -> Value) -> [Priority: Value] {
            var found: [Priority: Value] = [:]
            for priority in Priority.allCases where Bool.random(using: &random) { found[priority] = value(&random) }
            return found
        }
        func stops(_ random: inout RandomState) -> Set<StopEvent> {
            Set(StopEvent.allCases.filter { _ in Bool.random(using: &random) })
        }
        func targets(_ random: inout RandomState) -> [NotifyTarget] {
            (0..<Int.random(in: 0...4, using: &random)).map { _ in
                switch Int.random(in: 0...2, using: &random) {
                case 0: .responsible(Responsible.Role.allCases.randomElement(using: &random) ?? .principal)
                case 1: .deputies
                default: .roster(texts.randomElement(using: &random) ?? "")
                }
            }
        }
        var policy = EscalationPolicy(
            name: texts.randomElement(using: &random) ?? "", tiers: texts.filter { _ in Bool.random(using: &random) },
            climb: each(&random, times), stopOn: stops(&random), stopOnByPriority: each(&random, stops),
            repeatEvery: Bool.random(using: &random) ? nil : Int64.random(in: 0...(.max), using: &random),
            realarm: each(&random) { Int64.random(in: 0...(.max), using: &$0) },
            shelving: each(&random) { Int64.random(in: 0...(.max), using: &$0) })
        for grade in 1...4 where Bool.random(using: &random) { policy.grades[grade] = each(&random, times) }
        for tier in policy.tiers where Bool.random(using: &random) { policy.notify[tier] = targets(&random) }
        return policy
    }

    @Test("is read back as the same policy, and written as the same text")
    func roundTrip() throws {
        var random = RandomState(seed: 2_026)
        for _ in 0..<2_000 {
            let policy = PolicyJSONTests.random(&random)
            let json = policy.json
            let read = try #require(EscalationPolicy(json: json), "\(json)")
            #expect(read == policy, "\(json)")
            #expect(read.json == json)
            #expect(!json.contains("\n"))
        }
    }

    @Test("of the standard policy is what it was")
    func standard() {
        #expect(
            EscalationPolicy.standard.json == """
                {"climb":{"critical":[0,300000,900000,1800000],"high":[0,900000,3600000,14400000],"low":[0],\
                "medium":[0,14400000]},"grades":{},"name":"default","notify":{},"realarm":{"critical":1800000,\
                "high":7200000},"repeat":600000,"shelve_at_most":{"critical":3600000,"high":14400000,"low":86400000,\
                "medium":28800000},"stop_on":["acknowledged"],"stop_on_by_priority":{},\
                "tiers":["enterprise","township","county","city"]}
                """)
    }

    @Test("that lacks what came later is read with that left out")
    func earlier() {
        let policy = EscalationPolicy(
            json: """
                {"name":"p","tiers":["a"],"climb":{"low":[0]},"stop_on":["returned"],"realarm":{},"shelve_at_most":{}}
                """)
        #expect(
            policy == EscalationPolicy(name: "p", tiers: ["a"], climb: [.low: [0]], stopOn: [.returned], shelving: [:]))
    }

    @Test(
        "that is none is not read",
        arguments: [
            "", "{}", "[]", "null",
            #"{"name":"p","tiers":[],"climb":{"urgent":[0]},"stop_on":[],"realarm":{},"shelve_at_most":{}}"#,
            #"{"name":"p","tiers":[],"climb":{},"stop_on":["seen"],"realarm":{},"shelve_at_most":{}}"#,
            #"{"name":"p","tiers":[],"climb":{},"notify":{"a":["boss"]},"stop_on":[],"realarm":{},"shelve_at_most":{}}"#,
            #"{"name":"p","tiers":[],"climb":{},"grades":{"x":{}},"stop_on":[],"realarm":{},"shelve_at_most":{}}"#,
        ])
    func refused(json: String) {
        #expect(EscalationPolicy(json: json) == nil)
    }
}
