import OperatorAPI
import Telemetry
import TestKit
import Testing

@Suite("The figures' route", .timeLimit(.minutes(1)))
struct FigureRouteTests {
    @Test("answers with the report of a range, by default of the last 30 days, and of one site")
    func report() async throws {
        let fixture = try ControlFixture()
        try await fixture.whileServing {
            let answer = try await fixture.get("/v1/kpi?from=0&to=600000")
            #expect(answer.status == 200 && answer.type == "application/json")
            #expect(answer.json["node"] as? String == "n1")
            #expect(answer.json["annunciated"] as? Int == 2)
            #expect(answer.json["from"] as? Int == 0 && answer.json["to"] as? Int == 600_000)
            let figures = answer.json["figures"] as? [String: Any]
            let average = figures?["average_per_10_min"] as? [String: Any]
            #expect(average?["value"] as? Double == 2 && average?["verdict"] as? String == "ok")
            let load = answer.json["load"] as? [String: Any]
            #expect(load?["counts"] as? [Int] == [2] && load?["bucket_ms"] as? Int == 600_000)
            #expect((answer.json["sites"] as? [[String: Any]])?.first?["site"] as? String == "shengli")
            let usual = try await fixture.get("/v1/kpi")
            let (from, to) = (usual.json["from"] as? Int64 ?? 0, usual.json["to"] as? Int64 ?? 0)
            #expect(to - from >= 30 * 86_400_000 && to - from < 30 * 86_400_000 + 600_000)
            #expect(abs(to - SystemClock.now().wall) < 60_000)
            #expect(usual.json["annunciated"] as? Int == 0)
            let other = try await fixture.get("/v1/kpi?from=0&to=600000&site=dongxin")
            #expect(other.json["annunciated"] as? Int == 0 && other.json["site"] as? String == "dongxin")
        }
    }

    @Test("refuses a range that is none, or too long, as a problem")
    func refused() async throws {
        let fixture = try ControlFixture()
        try await fixture.whileServing {
            for (query, status) in [
                ("from=10&to=10", UInt(422)), ("from=x", 400), ("to=-1", 400), ("from=0&to=1000000000000", 422),
            ] {
                let answer = try await fixture.get("/v1/kpi?" + query)
                #expect(answer.status == status, "\(query)")
                #expect(answer.type == "application/problem+json")
                #expect((answer.json["detail"] as? String)?.contains("valid: ") == true)
            }
        }
    }

    @Test("serves several that ask at once, one after the other, and refuses what is too many")
    func several() async throws {
        let fixture = try ControlFixture()
        try await fixture.whileServing {
            let codes = try await withThrowingTaskGroup(of: UInt.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await fixture.get("/v1/kpi?from=0&to=600000").status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.count == 8 && codes.allSatisfy { $0 == 200 })
        }
    }
}
