import Alarms
import Figures
import Foundation
import OperatorAPI
import Pipeline
import Store
import Synchronization
import Telemetry
import TestKit
import Testing

@Suite("The control socket", .timeLimit(.minutes(FullCounts.patienceMinutes)))
struct ControlServerTests {
    private static let acknowledge = "/v1/alarms/\(ControlFixture.episode)/acknowledge"

    @Test("answers with health, status, alarms and events")
    func reading() async throws {
        let fixture = try ControlFixture()
        try await fixture.whileServing {
            #expect(try await isHealthy(fixture))
            let status = try await fixture.get("/v1/status")
            #expect(status.type == "application/json")
            #expect(status.json["received"] as? Int == 0)
            #expect(status.json["last_sequence"] as? Int == 2)
            let alarms = try await fixture.get("/v1/alarms").json["alarms"] as? [[String: Any]]
            #expect(alarms?.map { $0["episode"] as? String } == [ControlFixture.episode.description])
            let all = try await fixture.get("/v1/events").json["events"] as? [[String: Any]]
            #expect(all?.count == 2)
            let first = try await fixture.get("/v1/events?limit=1").json["events"] as? [[String: Any]]
            #expect(first?.map { $0["sequence"] as? String } == ["00000000000000000001"])
            let rest = try await fixture.get("/v1/events?after=1").json["events"] as? [[String: Any]]
            #expect(rest?.map { $0["sequence"] as? String } == ["00000000000000000002"])
        }
    }

    /// Beside tests that keep all threads busy an answer can take longer than a turn of the pipeline may.
    private func isHealthy(_ fixture: ControlFixture) async throws -> Bool {
        for _ in 0..<20 {
            fixture.board.update { $0.lastTurn = SystemClock.now().monotonic }
            if try await fixture.get("/healthz").json["status"] as? String == "ok" { return true }
        }
        return false
    }

    @Test("hands a command in with its comment, in the name of the process's own user")
    func command() async throws {
        let fixture = try ControlFixture()
        try await fixture.whileServing {
            let answer = try await fixture.post(ControlServerTests.acknowledge, "{\"comment\":\"阀门已关\"}")
            #expect(answer.status == 200)
            #expect(answer.json["state"] as? String == "acknowledged")
            _ = try await fixture.post("/v1/alarms/\(ControlFixture.episode)/reset")
        }
        let actor = "\(NSUserName())(\(getuid()))"
        #expect(
            fixture.inbox.commands == [
                OperatorCommand(
                    action: .acknowledge, episode: ControlFixture.episode, actor: actor, comment: "阀门已关"),
                OperatorCommand(action: .reset, episode: ControlFixture.episode, actor: actor, comment: nil),
            ])
    }

    @Test("hands in what is to be done with alarms that may not stand, and refuses a condition there is not")
    func objects() async throws {
        let fixture = try ControlFixture()
        try await fixture.whileServing {
            let body = "{\"permit\":\"P-77\",\"for_s\":3600,\"comment\":\"calibration\",\"condition\":\"HH\"}"
            #expect(try await fixture.post("/v1/objects/shengli/LT-1/remove_from_service", body).status == 200)
            #expect(try await fixture.post("/v1/objects/shengli/LT-1/return_to_service").status == 200)
            let wrong = try await fixture.post("/v1/objects/shengli/LT-1/exercise", "{\"condition\":\"high\"}")
            #expect(wrong.status == 400 && (wrong.json["detail"] as? String)?.contains("\"high\"") == true)
            let listed = try await fixture.get("/v1/suppressed")
            #expect((listed.json["suppressed"] as? [Any])?.isEmpty == true)
        }
        let actor = "\(NSUserName())(\(getuid()))"
        #expect(
            fixture.inbox.commands == [
                OperatorCommand(
                    action: .removeFromService,
                    target: .alarms(AlarmTarget(site: "shengli", object: "LT-1", condition: .highHigh)), actor: actor,
                    comment: "calibration", duration: 3_600_000, permit: "P-77"),
                OperatorCommand(
                    action: .returnToService, target: .alarms(AlarmTarget(site: "shengli", object: "LT-1")),
                    actor: actor, comment: nil),
            ])
    }

    @Test(
        "says as a problem why a command was not carried out",
        arguments: [
            (Result.success(OperatorCommand.Outcome.notFound("no such alarm")), 404, "no such alarm"),
            (.success(.refused("it is acknowledged")), 409, "it is acknowledged"),
            (.failure(InboxUnavailable(reason: "no space")), 503, "no space"),
        ] as [(Result<OperatorCommand.Outcome, InboxUnavailable>, UInt, String)])
    func refusal(
        outcome: Result<OperatorCommand.Outcome, InboxUnavailable>, status: UInt, detail: String
    ) async throws {
        let fixture = try ControlFixture()
        fixture.inbox.answer(outcome)
        try await fixture.whileServing {
            let answer = try await fixture.post(ControlServerTests.acknowledge)
            #expect(answer.status == status)
            #expect(answer.type == "application/problem+json")
            #expect(answer.json["status"] as? Int == Int(status))
            #expect(answer.json["detail"] as? String == detail)
            #expect((answer.json["title"] as? String)?.isEmpty == false)
            #expect(answer.json["type"] as? String == "about:blank")
        }
    }

    @Test("refuses what it cannot read, as a problem, and hands nothing in")
    func malformed() async throws {
        let fixture = try ControlFixture()
        let comment = "{\"comment\":\"\(String(repeating: "x", count: OperatorCommand.longestComment + 1))\"}"
        let long = "{\"comment\":\"\(String(repeating: "x", count: OperatorRoutes.longestBody))\"}"
        try await fixture.whileServing {
            for (answer, status) in [
                (try await fixture.post("/v1/alarms/7/acknowledge"), 400),
                (try await fixture.post(ControlServerTests.acknowledge, "{"), 400),
                (try await fixture.post(ControlServerTests.acknowledge, "{\"comment\":7}"), 400),
                (try await fixture.post(ControlServerTests.acknowledge, comment), 400),
                (try await fixture.post(ControlServerTests.acknowledge, long), 413),
                (try await fixture.get("/v1/events?after=-1"), 400), (try await fixture.get("/v1/events?limit=0"), 400),
                (try await fixture.get("/v1/nothing"), 404),
            ] {
                #expect(answer.status == status, "\(answer.json)")
                #expect(answer.type == "application/problem+json")
                #expect((answer.json["detail"] as? String)?.isEmpty == false)
            }
        }
        #expect(fixture.inbox.commands.isEmpty)
    }

    @Test("takes samples of up to its bound, and says why it does not")
    func samples() async throws {
        let fixture = try ControlFixture()
        try await fixture.whileServing {
            let csv = "point,t_ms,value\n" + String(repeating: "s/P,1,1\n", count: 100_000)
            let answer = try await fixture.post("/v1/import", csv)
            #expect(answer.status == 200 && answer.json["stored"] as? Int == csv.utf8.count)
            let refused = try await fixture.post("/v1/import", "")
            #expect(refused.status == 422 && refused.json["detail"] as? String == "the file is empty")
            let long = try await fixture.post(
                "/v1/import", String(repeating: "x", count: OperatorRoutes.longestImport + 1))
            #expect(long.status == 413)
            #expect((long.json["detail"] as? String)?.contains("\(OperatorRoutes.longestImport)") == true)
        }
        #expect(fixture.inbox.samples.withLock { $0.count } == 2)
    }

    @Test("is open to its owner and group alone, takes the place of a stale one, and goes with its server")
    func socketFile() async throws {
        let fixture = try ControlFixture()
        for _ in 0..<2 {
            try await fixture.whileServing {
                let attributes = try FileManager.default.attributesOfItem(atPath: fixture.socket)
                #expect(attributes[.posixPermissions] as? Int == 0o660)
                #expect(attributes[.type] as? FileAttributeType == .typeSocket)
                try FileManager.default.linkItem(atPath: fixture.socket, toPath: fixture.socket + ".kept")
            }
            #expect(!FileManager.default.fileExists(atPath: fixture.socket))
            // As a killed daemon leaves it behind, for the second round.
            try FileManager.default.moveItem(atPath: fixture.socket + ".kept", toPath: fixture.socket)
        }
    }

    @Test("is not made in the place of another file")
    func foreignFile() async throws {
        let fixture = try ControlFixture()
        try fixture.temporary.write("mine", to: "control.sock")
        await #expect(throws: StoreError.self) { try await fixture.server.run() }
        #expect(try fixture.temporary.read("control.sock") == "mine")
    }
}
