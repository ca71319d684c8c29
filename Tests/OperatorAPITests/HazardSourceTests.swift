import Foundation
import OperatorAPI
import Registry
import TestKit
import Testing

@Suite("Hazard sources over HTTP", .timeLimit(.minutes(FullCounts.patienceMinutes)))
struct HazardSourceTests {
    @Test("are given with their grades and working, by the configuration in force")
    func route() async throws {
        let fixture = try ControlFixture()
        try await fixture.whileServing {
            let answer = try await fixture.get("/v1/hazard-sources")
            #expect(answer.status == 200 && answer.type == "application/json")
            #expect(answer.json["profile"] as? String == "standards-2026")
            let sources = try #require(answer.json["hazard_sources"] as? [[String: Any]])
            let source = try #require(sources.first { $0["site"] as? String == "shengli" })
            #expect(source["site"] as? String == "shengli" && source["source"] as? String == "TF-1")
            #expect(source["s"] as? Double == 4 && source["r"] as? Double == 12 && source["grade"] as? Int == 3)
            #expect(source["major_hazard_source"] as? Bool == true)
            // Nothing was ever measured, so that the design maximum stands in.
            #expect(source["r_live"] as? Double == 12)
            let substance = try #require((source["substances"] as? [[String: Any]])?.first)
            #expect(substance["live_t"] as? Double == 40)
            #expect(substance["live_unusable"] as? String == "has no good sample of the last 120 s")
            #expect((source["working"] as? [String])?.count == 7)

            fixture.rules.adopt(try ControlFixture.configuration(in: try TemporaryFolder(), quantity: 5))
            let after = try await fixture.get("/v1/hazard-sources").json["hazard_sources"] as? [[String: Any]]
            #expect(after?.first?["s"] as? Double == 0.5)
            #expect(after?.first?["grade"] is NSNull && after?.first?["major_hazard_source"] as? Bool == false)
        }
    }
}
