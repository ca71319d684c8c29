import Alarms
import AsyncHTTPClient
import Foundation
import NIOHTTP1
import OperatorAPI
import Registry
import Synchronization
import Telemetry
import TestKit
import Testing

@Suite("Alarms, points and what goes with them over HTTP", .timeLimit(.minutes(FullCounts.patienceMinutes)))
struct AlarmRouteTests {
    private static func wide() throws -> ControlFixture {
        let fixture = try ControlFixture()
        try fixture.log.raise(AlarmSubject(site: "gudao", object: "LT-2", condition: .high), ULID(high: 7, low: 7))
        return fixture
    }

    private static func sites(_ answer: ControlFixture.Answer) -> [String] {
        (answer.json["alarms"] as? [[String: Any]] ?? []).compactMap { $0["site"] as? String }.sorted()
    }

    @Test("alarms are chosen by site, area, state and priority")
    func filters() async throws {
        let fixture = try AlarmRouteTests.wide()
        try await fixture.whileServing {
            for (query, sites) in [
                ("", ["gudao", "shengli"]), ("?site=gudao", ["gudao"]), ("?site=none", []),
                ("?area=dongying/kenli", ["shengli"]), ("?area=dongying", ["gudao", "shengli"]),
                ("?area=dongying%2Fhekou", ["gudao"]), ("?state=unacknowledged", ["gudao", "shengli"]),
                ("?state=acknowledged", []), ("?priority=critical&site=shengli", ["shengli"]), ("?priority=low", []),
            ] as [(String, [String])] {
                let answer = try await fixture.get("/v1/alarms" + query)
                #expect(answer.status == 200 && AlarmRouteTests.sites(answer) == sites, "\(query): \(answer.text)")
            }
            for query in ["?state=normal", "?state=", "?priority=urgent"] {
                let answer = try await fixture.get("/v1/alarms" + query)
                #expect(answer.status == 400 && (answer.json["detail"] as? String)?.contains("valid:") == true)
            }
        }
    }

    @Test("alarms that have not changed are not sent again")
    func entityTags() async throws {
        let fixture = try AlarmRouteTests.wide()
        try await fixture.whileServing {
            let first = try await fixture.get("/v1/alarms")
            let tag = try #require(first.headers.first(name: "etag"))
            let url = try #require(URL(httpURLWithSocketPath: fixture.socket, uri: "/v1/alarms")).absoluteString
            for value in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let again = try await ControlFixture.ask(.GET, url, headers: [("If-None-Match", value)])
                #expect(again.status == 304 && again.text.isEmpty && again.headers.first(name: "etag") == tag)
            }
            try fixture.log.raise(AlarmSubject(site: "gudao", object: "LT-9", condition: .low), ULID(high: 7, low: 9))
            let changed = try await ControlFixture.ask(.GET, url, headers: [("If-None-Match", tag)])
            #expect(changed.status == 200 && changed.headers.first(name: "etag") != tag)
        }
    }

    @Test("an alarm is found by its episode as long as it stands")
    func oneAlarm() async throws {
        let fixture = try ControlFixture()
        try await fixture.whileServing {
            let answer = try await fixture.get("/v1/alarms/\(ControlFixture.episode)")
            #expect(answer.status == 200 && answer.json["episode"] as? String == "\(ControlFixture.episode)")
            #expect(try await fixture.get("/v1/alarms/\(ULID(high: 8, low: 8))").status == 404)
            #expect(try await fixture.get("/v1/alarms/8").status == 400)
        }
    }

    @Test("events are given page by page, of a site or a type, until there is no further page")
    func eventPages() async throws {
        let fixture = try ControlFixture()
        for _ in 0..<5 {
            try fixture.log.add(3, site: "gudao")
            try fixture.log.add(4, site: "shengli")
        }
        try await fixture.whileServing {
            var found: [String] = []
            var path: String? = "/v1/events?limit=4&site=gudao"
            while let next = path {
                let answer = try await fixture.get(next)
                #expect(answer.status == 200)
                found += (answer.json["events"] as? [[String: Any]] ?? []).compactMap { $0["subject"] as? String }
                let link = answer.headers.first(name: "link")
                path = link.flatMap { $0.firstMatch(of: /<([^>]+)>; rel="next"/) }.map { String($0.1) }
                #expect(found.count <= 15)
            }
            #expect(found == Array(repeating: "gudao/LT-1/HH", count: 15))
            let none = try await fixture.get("/v1/events?type=hazard.alarm.cleared.v1")
            #expect((none.json["events"] as? [Any])?.isEmpty == true)
            #expect(none.json["next"] as? Int64 == fixture.log.newest, "what was looked through need not be again")
        }
    }

    @Test("points are given in the order of the registry, page by page, of one site if asked for")
    func points() async throws {
        let fixture = try AlarmRouteTests.wide()
        try await fixture.whileServing {
            let all = try await fixture.get("/v1/points")
            let names = (all.json["points"] as? [[String: Any]] ?? []).compactMap { $0["point"] as? String }
            #expect(names == ["gudao/QI-1", "shengli/QI-1"] && all.json["next"] is NSNull)
            let first = try await fixture.get("/v1/points?limit=1")
            #expect(first.json["next"] as? String == "gudao/QI-1")
            let second = try await fixture.get("/v1/points?limit=1&after=gudao/QI-1")
            #expect((second.json["points"] as? [[String: Any]])?.first?["point"] as? String == "shengli/QI-1")
            let site = try await fixture.get("/v1/points?site=shengli")
            #expect((site.json["points"] as? [Any])?.count == 1)
            #expect(try await fixture.get("/v1/points?after=gudao/none").status == 409)
        }
    }

    @Test("samples are refused for points that there are not, and for times that make no sense")
    func sampleRefusals() async throws {
        let fixture = try ControlFixture()
        try await fixture.whileServing {
            for (path, status) in [
                ("shengli/none/samples", UInt(404)), ("shengli/QI-1/samples?from=9&to=1", 422),
                ("shengli/QI-1/samples?from=x", 400), ("shengli/QI-1/samples?resolution=0s", 400),
                ("shengli/QI-1/samples?resolution=minute", 400), ("shengli/QI-1/samples?resolution=10000s", 400),
                ("shengli/QI-1/samples?resolution=1000d", 400), ("shengli/QI-1/samples?limit=%2B5", 400),
                ("shengli/QI-1/samples?order=up", 400),
                ("shengli/QI-1/samples?limit=100001", 400), ("shengli/QI-1/samples?from=0&resolution=1s", 422),
            ] {
                let answer = try await fixture.get("/v1/points/\(path)")
                #expect(answer.status == status && answer.type == "application/problem+json", "\(path)")
            }
        }
    }

    @Test("a consumer's cursor is kept for its own names, up to the newest event, and of so many names only")
    func cursors() async throws {
        var random = SystemRandomNumberGenerator()
        let (crm, engineer) = (TokenSecret(from: &random), TokenSecret(from: &random))
        let fixture = try ControlFixture(tokens: [
            AccessToken(name: "crm", digest: crm.digest, role: .consumer, rate: AccessToken.highestRate),
            AccessToken(name: "eng", digest: engineer.digest, role: .engineer, rate: AccessToken.highestRate),
        ])
        try await fixture.whileListening { address in
            func put(_ name: String, _ body: String, _ token: TokenSecret) async throws -> UInt {
                try await ControlFixture.ask(
                    .PUT, "\(address)/v1/consumers/\(name)/cursor", token: token.text, body: body
                ).status
            }
            #expect(try await put("crm", "{\"sequence\":2}", crm) == 200)
            #expect(try await put("crm.copy", "{\"sequence\":1}", crm) == 200)
            #expect(fixture.inbox.cursors.withLock { $0 } == ["consumer/crm": 2, "consumer/crm.copy": 1])
            #expect(try await put("crmx", "{\"sequence\":1}", crm) == 403)
            #expect(try await put("crm", "{\"sequence\":3}", crm) == 409, "there is no event 3 yet")
            for body in ["", "{}", "{\"sequence\":-1}", "{\"sequence\":\"1\"}", "[1]"] {
                #expect(try await put("crm", body, crm) == 400, "\(body)")
            }
            #expect(try await put("a%2Fb", "{\"sequence\":1}", engineer) == 400)
            for number in 3...ConsumerRoutes.bound {
                let status = try await put("n\(number)", "{\"sequence\":1}", engineer)
                guard status == 200 else { throw TestKitError("consumer \(number): \(status)") }
            }
            #expect(try await put("one-more", "{\"sequence\":1}", engineer) == 409)
            #expect(try await put("crm", "{\"sequence\":0}", crm) == 200, "a known one still goes on, or back")
            let answer = try await ControlFixture.ask(.GET, address + "/v1/consumers/eng/cursor", token: engineer.text)
            #expect(answer.json["sequence"] as? Int == 0 && answer.json["name"] as? String == "eng")
        }
    }

    @Test("the description of the interface is served as it stands in schemas/")
    func documents() async throws {
        let fixture = try ControlFixture()
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("schemas")
        try await fixture.whileServing {
            for name in ["openapi.yaml", "event.schema.json", "kpi.schema.json"] {
                let answer = try await fixture.get("/v1/\(name)")
                let file = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
                #expect(answer.status == 200 && answer.text == file, "\(name)")
            }
        }
    }

    @Test("requests are counted by the kind of their route and their status")
    func metrics() async throws {
        let fixture = try ControlFixture()
        try await fixture.whileServing {
            _ = try await fixture.get("/v1/alarms")
            _ = try await fixture.get("/v1/alarms/8")
            _ = try await fixture.get("/v1/none")
            let page = try await fixture.get("/metrics").text
            for line in [
                "hazardd_http_requests_total{route=\"alarms\",status=\"200\"} 1",
                "hazardd_http_requests_total{route=\"alarms\",status=\"400\"} 1",
                "hazardd_http_requests_total{route=\"none\",status=\"404\"} 1", "hazardd_http_streams 0",
            ] {
                #expect(page.contains(line), "\(line) in\n\(page)")
            }
        }
    }
}
