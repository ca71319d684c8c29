import Alarms
import NIOHTTP1
import OperatorAPI
import Pipeline
import Registry
import Telemetry
import TestKit
import Testing

/// Walks every operation that `schemas/openapi.yaml` documents, so that a new route without a rule goes red here.
@Suite("Every documented route", .timeLimit(.minutes(FullCounts.patienceMinutes)))
struct RouteRuleTests {
    private static let areas: [(name: String, scope: AreaScope)] = [
        ("all", .unlimited), ("kenli", AreaScope([["dongying", "kenli"]])),
        ("hekou", AreaScope([["dongying", "hekou"]])),
    ]
    private static let gudaoEpisode = ULID(high: 7, low: 7)

    /// A token for every role and every area.
    private struct Bearer {
        let role: AccessToken.Role
        let area: String
        let secret: TokenSecret
        let token: AccessToken

        static func all() -> [Bearer] {
            var random = SystemRandomNumberGenerator()
            return AccessToken.Role.allCases.flatMap { role in
                areas.map { area in
                    let secret = TokenSecret(from: &random)
                    let token = AccessToken(
                        name: "\(role.rawValue)-\(area.name)", digest: secret.digest, role: role, scope: area.scope,
                        rate: AccessToken.highestRate)
                    return Bearer(role: role, area: area.name, secret: secret, token: token)
                }
            }
        }

        var rights: Set<Right> { (Principal.Role(rawValue: role.rawValue) ?? .viewer).rights }
    }

    private static func fixture(_ bearers: [Bearer]) throws -> ControlFixture {
        let fixture = try ControlFixture(tokens: bearers.map(\.token))
        try fixture.log.raise(AlarmSubject(site: "gudao", object: "LT-2", condition: .high), gudaoEpisode)
        try fixture.log.raise(
            AlarmSubject(site: AlarmSubject.nodeSite, object: "n1", condition: .flood), ULID(high: 7, low: 8))
        try fixture.log.raise(
            AlarmSubject(site: AlarmSubject.sharedGatewaySite, object: "gw9", condition: .offline),
            ULID(high: 7, low: 9))
        try fixture.log.raise(AlarmSubject(site: "oldsite", object: "LT-3", condition: .high), ULID(high: 7, low: 10))
        return fixture
    }

    /// The path of a request about the site shengli.
    private static func path(_ operation: DocumentedOperation, _ name: String) -> String {
        let values = [
            "{episode}": "\(ControlFixture.episode)", "{site}": "shengli", "{object}": "LT-1", "{point}": "QI-1",
            "{id}": "\(ULID(high: 9, low: 9))", "{name}": name,
        ]
        return values.reduce(operation.path) { $0.replacing($1.key, with: $1.value) }
    }

    private static func body(_ operation: DocumentedOperation) -> String? {
        switch operation.path {
        case let path where operation.method == "GET" || path.hasSuffix("/import"): nil
        case "/v1/consumers/{name}/cursor": "{\"sequence\":1}"
        case "/v1/escalations/report":
            "{\"verb\":\"done\",\"items\":[{\"id\":\"\(ULID(high: 9, low: 9))\",\"claim\":1}]}"
        case let path where path.hasPrefix("/v1/escalations/{id}/"): "{\"claim\":1}"
        default: "{}"
        }
    }

    @Test("says which right it takes, and what it answers to who has none")
    func documented() throws {
        let operations = try DocumentedOperation.all()
        #expect(operations.count > 30)
        for operation in operations where operation.path.hasPrefix("/v1") {
            #expect(operation.right.flatMap { Right(rawValue: $0) } != nil, "\(operation) has no x-right")
        }
    }

    @Test("is served, to whom it concerns alone: every role in every area")
    func rolesAndAreas() async throws {
        let bearers = Bearer.all()
        let fixture = try RouteRuleTests.fixture(bearers)
        let operations = try DocumentedOperation.all()
        var asked = 0
        try await fixture.whileListening { address in
            for operation in operations {
                let method = HTTPMethod(rawValue: operation.method)
                let (path, body) = (RouteRuleTests.path(operation, "x"), RouteRuleTests.body(operation))
                let bare = try await ControlFixture.ask(method, address + path, body: body)
                guard let right = operation.right.flatMap({ Right(rawValue: $0) }) else {
                    #expect([200, 503].contains(bare.status), "\(operation) needs no token")
                    continue
                }
                #expect(bare.status == 401 && bare.headers.first(name: "www-authenticate") == "Bearer", "\(operation)")
                for bearer in bearers {
                    let path = RouteRuleTests.path(operation, bearer.token.name)
                    let answer = try await ControlFixture.ask(
                        method, address + path, token: bearer.secret.text, body: body)
                    asked += 1
                    RouteRuleTests.check(answer, operation, right, bearer)
                }
            }
        }
        print("routes: \(asked) requests, every role and area at each of \(operations.count) operations")
    }

    private static func check(
        _ answer: ControlFixture.Answer, _ operation: DocumentedOperation, _ right: Right, _ bearer: Bearer
    ) {
        let asked: Comment = "\(operation) by \(bearer.token.name): \(answer.status) \(answer.text.prefix(300))"
        let isForNode = [.configure, .audit].contains(right)
        if !bearer.rights.contains(right) || (isForNode && bearer.area != "all") {
            #expect(answer.status == 403, asked)
            #expect(answer.type == "application/problem+json", asked)
            return
        }
        if operation.path == "/v1/kpi", bearer.area != "all" {
            #expect(answer.status == 403 && answer.text.contains("site"), asked)
            return
        }
        let isOfSite = ["{site}", "{episode}"].contains { operation.path.contains($0) }
        if isOfSite, bearer.area == "hekou" {
            #expect(answer.status == 404, asked)
        } else {
            #expect(![401, 403, 405, 429, 500].contains(answer.status), asked)
        }
        guard operation.method == "GET", !operation.path.contains(".") else { return }
        let hidden =
            switch bearer.area {
            case "hekou" where !isOfSite: ["shengli", AlarmSubject.nodeSite, AlarmSubject.sharedGatewaySite, "oldsite"]
            case "kenli": ["gudao", AlarmSubject.nodeSite, AlarmSubject.sharedGatewaySite, "oldsite"]
            default: [String]()
            }
        for word in hidden { #expect(!answer.text.contains(word), "\(word) in \(asked)") }
    }

    @Test("answers about what is elsewhere as about what is nowhere")
    func nothingIsRevealed() async throws {
        let bearers = Bearer.all()
        let fixture = try RouteRuleTests.fixture(bearers)
        let bearer = try #require(bearers.first { $0.role == .engineer && $0.area == "hekou" })
        let nowhere = ULID(high: 11, low: 11)
        fixture.inbox.answer(.success(.notFound("not asked")))
        try await fixture.whileListening { address in
            func ask(_ method: HTTPMethod, _ path: String) async throws -> (UInt, String) {
                let answer = try await ControlFixture.ask(method, address + path, token: bearer.secret.text, body: "{}")
                return (answer.status, answer.json["detail"] as? String ?? "")
            }
            for (method, elsewhere, nowhere) in [
                (HTTPMethod.GET, "/v1/alarms/\(ControlFixture.episode)", "/v1/alarms/\(nowhere)"),
                (.POST, "/v1/alarms/\(ControlFixture.episode)/acknowledge", "/v1/alarms/\(nowhere)/acknowledge"),
                (.GET, "/v1/points/shengli/QI-1/samples", "/v1/points/nowhere/QI-1/samples"),
                (.POST, "/v1/objects/shengli/LT-1/exercise", "/v1/objects/nowhere/LT-1/exercise"),
            ] {
                let (one, other) = (try await ask(method, elsewhere), try await ask(method, nowhere))
                #expect(one.0 == 404 && other.0 == 404)
                let names = [("shengli", "nowhere"), ("\(ControlFixture.episode)", "\(ULID(high: 11, low: 11))")]
                let same = names.reduce(one.1) { $0.replacing($1.0, with: $1.1) }
                #expect(same == other.1)
            }
            let own = try await ask(.POST, "/v1/alarms/\(RouteRuleTests.gudaoEpisode)/acknowledge")
            #expect(own.1 == "not asked", "of one's own area the pipeline is asked")
        }
        #expect(fixture.inbox.commands.count == 1)
        #expect(fixture.inbox.commands.first?.origin == "engineer, 127.0.0.1")
        #expect(fixture.inbox.commands.first?.actor == "engineer-hekou")
    }

    @Test("shows a bearer what is of their own area, and follows the registry in force")
    func ownArea() async throws {
        let bearers = Bearer.all()
        let fixture = try RouteRuleTests.fixture(bearers)
        let bearer = try #require(bearers.first { $0.role == .viewer && $0.area == "hekou" })
        try await fixture.whileListening { address in
            for (path, word) in [
                ("/v1/alarms", "gudao"), ("/v1/events", "gudao/LT-2/H"), ("/v1/points", "gudao/QI-1"),
                ("/v1/hazard-sources", "gudao"), ("/v1/kpi?site=gudao", "gudao"), ("/v1/alarms?site=gudao", "gudao"),
            ] {
                let answer = try await ControlFixture.ask(.GET, address + path, token: bearer.secret.text)
                #expect(answer.status == 200 && answer.text.contains(word), "\(path): \(answer.text)")
            }
            let folder = try TemporaryFolder()
            _ = try ControlFixture.configuration(in: folder)
            try folder.write("site: gudao\narea: dongying/kenli/gudao\n", to: "sites/gudao.yaml")
            fixture.rules.adopt(
                try Configuration.load(settingsFile: folder.file("hazardd.yaml"), environment: [:]))
            let answer = try await ControlFixture.ask(.GET, address + "/v1/alarms", token: bearer.secret.text)
            #expect(answer.text == "{\"alarms\":[]}", "the site has moved to another county")
        }
    }

    @Test(
        "answers other methods with 405 and those it has, nothing with 404, and too long a body with 413, as problems")
    func problems() async throws {
        let fixture = try RouteRuleTests.fixture(Bearer.all())
        try await fixture.whileServing {
            for operation in try DocumentedOperation.all() where operation.method == "GET" {
                let answer = try await fixture.ask(.DELETE, RouteRuleTests.path(operation, "x"))
                #expect(answer.status == 405, "\(operation)")
                #expect(answer.headers.first(name: "allow")?.contains("GET") == true, "\(operation)")
                #expect(answer.type == "application/problem+json")
            }
            #expect(try await fixture.ask(.DELETE, "/v1/nothing").status == 404)
            let long = String(repeating: "x", count: OperatorRoutes.longestBody + 1)
            let answer = try await fixture.ask(.PUT, "/v1/consumers/x/cursor", long)
            #expect(answer.status == 413 && answer.type == "application/problem+json")
        }
    }
}
