import Alarms
import Escalation
import Pipeline
import Registry
import Store
import Telemetry
import TestKit
import Testing

@Suite("Escalations over HTTP", .timeLimit(.minutes(FullCounts.patienceMinutes)))
struct EscalationRouteTests {
    private static func task(_ number: UInt64, site: String = "shengli") -> EscalationTask {
        EscalationTask(
            id: ULID(high: 5, low: number), episode: ULID(high: 6, low: number), subject: "\(site)/LT-1/HH",
            tier: "county", step: 2, state: .ready, dueAt: nil, wait: 0, announcements: 1)
    }

    private static func detail(_ answer: ControlFixture.Answer) -> String { answer.json["detail"] as? String ?? "" }

    @Test("are claimed with what the request asks for, or what is usual")
    func claim() async throws {
        let fixture = try ControlFixture()
        var task = EscalationRouteTests.task(1)
        task.lease(to: "sms", for: 60_000, at: 5)
        fixture.escalations.handOut([
            ClaimedEscalation(task: task, area: ["dongying", "kenli"], alarm: { $0 += "{\"x\":1}".utf8 })
        ])
        try await fixture.whileServing {
            let answer = try await fixture.post("/v1/escalations/claim")
            #expect(answer.status == 200)
            let claimed = try #require((answer.json["escalations"] as? [[String: Any]])?.first)
            #expect(claimed["id"] as? String == task.id.description)
            #expect(claimed["claim"] as? Int == 1)
            #expect(claimed["idempotency_key"] as? String == "\(task.id)/1")
            #expect(claimed["area"] as? String == "dongying/kenli")
            #expect((claimed["alarm"] as? [String: Any])?["x"] as? Int == 1)
            _ = try await fixture.post(
                "/v1/escalations/claim",
                #"{"limit":7,"lease_s":2.5,"wait_s":3,"tiers":["county"],"areas":["dongying/kenli"],"sites":["a"]}"#)
        }
        let claims = fixture.escalations.claims
        #expect(claims[0].claim.limit == 1 && claims[0].claim.lease == 60_000 && claims[0].patience == 0)
        let second = claims[1].claim
        #expect(second.limit == 7 && second.lease == 2_500 && claims[1].patience == 3_000)
        #expect(second.tiers == ["county"] && second.sites == ["a"])
        #expect(second.wants(site: "a", area: ["dongying", "kenli", "shengtuo"]))
        #expect(!second.wants(site: "a", area: ["dongying", "lijin"]))
        #expect(second.origin == nil && second.holder.contains("("), "the control socket's user")
    }

    @Test(
        "are refused with what would be valid",
        arguments: [
            ("claim", #"{"limit":0}"#, "limit is 0"), ("claim", #"{"limit":501}"#, "limit is 501"),
            ("claim", #"{"lease_s":0.5}"#, "lease_s is 0.5"), ("claim", #"{"wait_s":61}"#, "wait_s is 61"),
            ("claim", #"{"wait_s":-1}"#, "wait_s is -1"), ("claim", "[]", "the body is not"),
            ("report", "", "there is no body"), ("report", #"{"verb":"finish","items":[]}"#, "verb is \"finish\""),
            ("report", #"{"verb":"done","items":[]}"#, "items has 0 entries"),
            ("report", #"{"verb":"done","items":[{"id":"x","claim":1}]}"#, "\"x\" is no escalation"),
            (
                "report", #"{"verb":"done","items":[{"id":"0000000000000G000000000001"}]}"#,
                "claim is missing"
            ),
        ])
    func faults(path: String, body: String, fault: String) async throws {
        let fixture = try ControlFixture()
        try await fixture.whileServing {
            let answer = try await fixture.post("/v1/escalations/\(path)", body.isEmpty ? nil : body)
            #expect(answer.status == 400, "\(answer.text)")
            #expect(answer.type == "application/problem+json")
            #expect(EscalationRouteTests.detail(answer).contains(fault), "\(answer.text)")
            #expect(EscalationRouteTests.detail(answer).contains("valid") || body == "[]")
        }
        #expect(fixture.escalations.reports.isEmpty && fixture.escalations.claims.isEmpty)
    }

    @Test("are answered for one by one: done, refused, ended or never heard of")
    func single() async throws {
        let fixture = try ControlFixture()
        var closed = EscalationRouteTests.task(2)
        closed.close()
        var effects = Effects()
        effects.keep(closed)
        try fixture.database.commit(effects, gatewayRecord: { _ in GatewayRecord() }, at: 5)
        let task = EscalationRouteTests.task(1)
        let stranger = ULID(high: 9, low: 9)
        try await fixture.whileServing {
            fixture.escalations.answer(.done(task))
            let done = try await fixture.post("/v1/escalations/\(task.id)/done", #"{"claim":3,"note":"told"}"#)
            #expect(done.status == 200 && done.json["state"] as? String == "ready")
            fixture.escalations.answer(.refused("claim 3 holds no more"))
            let refused = try await fixture.post("/v1/escalations/\(task.id)/fail", #"{"claim":3}"#)
            #expect(refused.status == 409 && EscalationRouteTests.detail(refused) == "claim 3 holds no more")
            fixture.escalations.answer(.unknown)
            let ended = try await fixture.post("/v1/escalations/\(closed.id)/done", #"{"claim":1}"#)
            #expect(ended.status == 409 && EscalationRouteTests.detail(ended).contains("is cancelled"))
            let unknown = try await fixture.post("/v1/escalations/\(stranger)/done", #"{"claim":1}"#)
            #expect(unknown.status == 404)
            #expect(try await fixture.get("/v1/escalations/\(stranger)").status == 404)
            #expect(try await fixture.post("/v1/escalations/\(task.id)/done").status == 400)
            #expect(try await fixture.post("/v1/escalations/\(task.id)/requeue").status == 404)
        }
        let reports = fixture.escalations.reports
        #expect(reports.map(\.verb) == [.done, .fail, .done, .done, .requeue])
        #expect(reports[0].items == [LeaseReport.Item(task: task.id, claim: 3, note: "told")])
    }

    @Test("are answered for five hundred at once, each with the longest note in any script, and not in a longer body")
    func many() async throws {
        let fixture = try ControlFixture()
        let note = String(repeating: "罐", count: EscalationTask.longestNote)
        func body(_ notes: String) -> String {
            let items = (1...UInt64(LeaseReport.mostItems)).map {
                "{\"id\":\"\(ULID(high: 5, low: $0))\",\"claim\":1,\"note\":\"\(notes)\"}"
            }
            return "{\"verb\":\"done\",\"items\":[\(items.joined(separator: ","))]}"
        }
        try await fixture.whileServing {
            let answer = try await fixture.post("/v1/escalations/report", body(note))
            #expect(answer.status == 200, "\(answer.text.prefix(300))")
            #expect((answer.json["results"] as? [Any])?.count == LeaseReport.mostItems)
            let longer = try await fixture.post("/v1/escalations/report", body(note + "罐"))
            #expect(longer.status == 400 && EscalationRouteTests.detail(longer).contains("the note is longer"))
            let longest = try await fixture.post("/v1/escalations/report", body(note + note))
            #expect(longest.status == 413 && EscalationRouteTests.detail(longest).contains("1048576"))
        }
        #expect(fixture.escalations.reports.first?.items.last?.note == note)
    }

    @Test("are listed newest first, those of ended climbs when asked for")
    func list() async throws {
        let fixture = try ControlFixture()
        var tasks = (1...5).map { EscalationRouteTests.task($0) }
        tasks[0].close()
        tasks[1].lease(to: "sms", for: 60_000, at: 5)
        var effects = Effects()
        for task in tasks { effects.keep(task) }
        try fixture.database.commit(effects, gatewayRecord: { _ in GatewayRecord() }, at: 5)
        func ids(_ query: String) async throws -> [String] {
            let answer = try await fixture.get("/v1/escalations" + query)
            #expect(answer.status == 200, "\(answer.text)")
            return (answer.json["escalations"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
        }
        let names = tasks.map(\.id.description)
        try await fixture.whileServing {
            #expect(try await ids("") == [names[4], names[3], names[2], names[1]])
            #expect(try await ids("?all=true").count == 5)
            #expect(try await ids("?state=leased") == [names[1]])
            #expect(try await ids("?limit=2&before=\(names[3])") == [names[2], names[1]])
            #expect(try await ids("?tier=city").isEmpty)
            #expect(try await ids("?site=shengli").count == 4)
            #expect(try await fixture.get("/v1/escalations?state=due").status == 400)
            #expect(try await fixture.get("/v1/escalations?before=x").status == 400)
            let one = try await fixture.get("/v1/escalations/\(names[1])")
            #expect(one.json["holder"] as? String == "sms" && one.json["state"] as? String == "leased")
        }
    }
}
