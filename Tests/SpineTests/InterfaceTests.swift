import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("The HTTP interface", .timeLimit(.minutes(FullCounts.patienceMinutes)))
    struct InterfaceTests {
        private static func deployment(_ points: [PointRow]) throws -> (Deployment, WebClient) {
            let port = try FreePort.find()
            let deployment = try Deployment(
                Site(points, settings: ["http: {listen: \"127.0.0.1:\(port)\", tokens_file: tokens.yaml}"]))
            return (deployment, WebClient(port: port, folder: deployment.folder))
        }

        /// READY says that telemetry is recorded; the port may be there a moment later.
        private static func start(_ deployment: Deployment, _ web: WebClient) async throws {
            try await deployment.start()
            try await deployment.until("the port is listened on", every: .milliseconds(20)) {
                try web.get("healthz").code > 0
            }
        }

        /// The ids of the events that a stream brought.
        private static func ids(_ stream: ChildProcess) -> [Int64] {
            // What has no empty line behind it is half there: a consumer drops it.
            stream.output.components(separatedBy: "\n\n").dropLast().compactMap { event in
                event.split(separator: "\n").first { $0.hasPrefix("id: ") }.flatMap { Int64($0.dropFirst(4)) }
            }
        }

        /// The head of each failure that schemathesis reports, and its summary; a body of a hundred thousand bytes is cut short.
        private static func failures(_ report: String) -> String {
            let lines = report.split(separator: "\n").map { $0.prefix(400) }
            let failures = lines.drop { !$0.contains("= FAILURES =") && !$0.contains("= ERRORS =") }
            return (failures.prefix(150) + lines.suffix(30)).joined(separator: "\n")
        }

        @Test("lets in who has a token, from the reload after it was made to the reload after it was taken out")
        func tokens() async throws {
            let (deployment, web) = try InterfaceTests.deployment([PointRow("LT-1", ["H": "8"])])
            #expect(try deployment.hazardctl("check").code == 78, "the file is named and not there")
            let engineer = try deployment.addToken("engineer", "engineer")
            let file = deployment.folder.file("tokens.yaml")
            #expect(!(try deployment.folder.read("tokens.yaml").contains(engineer)), "only a digest is kept")
            #expect(try deployment.hazardctl("check").code == 0)
            try await InterfaceTests.start(deployment, web)
            let expired = try deployment.addToken("late", "viewer", "--expires", "2020-01-01T00:00:00Z")
            let kenli = try deployment.addToken("kenli", "operator", "--area", "dongying/kenli", "--expires", "90d")
            let hekou = try deployment.addToken("hekou", "operator", "--area", "dongying/hekou")
            #expect(try web.bearing(engineer).get("v1/alarms").code == 200)
            #expect(try web.bearing(kenli).get("v1/alarms").code == 401, "the file is read at a reload")
            #expect(try web.bearing(engineer).post("v1/configuration/reload").code == 200)
            #expect(try web.bearing(kenli).get("v1/alarms").code == 200)
            #expect(try web.bearing(expired).get("v1/alarms").code == 401)
            #expect(try web.get("v1/alarms").code == 401)

            let gateway = try deployment.publisher()
            try gateway.scan(at: Spine.now, ["LT-1": 9])
            try gateway.settle()
            try await deployment.until("the alarm stands") { try deployment.alarm("LT-1/H") != nil }
            let alarms = try web.bearing(kenli).get("v1/alarms").json["alarms"] as? [[String: Any]]
            let episode = try #require(alarms?.first?["episode"] as? String)
            #expect(try web.bearing(hekou).get("v1/alarms").text == "{\"alarms\":[]}")
            let path = "v1/alarms/\(episode)/acknowledge"
            #expect(try web.bearing(hekou).post(path).code == 404)
            #expect(try web.bearing(kenli).post(path, "{\"comment\":\"seen\"}").code == 200)
            #expect(try web.bearing(kenli).get("v1/audit").code == 403)
            let audit = try web.bearing(engineer).get("v1/audit").json["actions"] as? [[String: Any]]
            #expect(audit?.count == 1, "what was not let through is no action")
            #expect(audit?.first?["actor"] as? String == "kenli" && audit?.first?["target"] as? String == episode)
            #expect(audit?.first?["origin"] as? String == "operator, 127.0.0.1")
            #expect(audit?.first?["outcome"] as? String == "done" && audit?.first?["comment"] as? String == "seen")

            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
            #expect(try deployment.hazardctl("check").errors.contains("chmod 640"))
            #expect(try web.bearing(engineer).post("v1/configuration/reload").code == 422)
            #expect(try web.bearing(kenli).get("v1/alarms").code == 200, "a reload that is refused changes nothing")
            let entries = try deployment.folder.read("tokens.yaml").split(separator: "\n")
            try deployment.folder.write(
                entries.filter { !$0.contains("kenli") }.joined(separator: "\n") + "\n", to: "tokens.yaml")
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
            deployment.reload()
            try await deployment.until("the token is taken out") {
                try web.bearing(kenli).get("v1/alarms").code == 401
            }
        }

        @Test("gives a point's samples as hazardctl does, in JSON and CSV, and its newest sample in the list of points")
        func samples() async throws {
            let (deployment, web) = try InterfaceTests.deployment([PointRow("LT-1", ["H": "80"]), PointRow("LT-2")])
            let viewer = web.bearing(try deployment.addToken("viewer", "viewer"))
            try await InterfaceTests.start(deployment, web)
            let start = Spine.now - 60_000
            let gateway = try deployment.publisher()
            for step in 0..<50 { try gateway.scan(at: start + Int64(step) * 1_000, ["LT-1": Double(step) + 0.5]) }
            try gateway.settle()
            try await deployment.until("all is stored") {
                try deployment.query("LT-1", from: start, to: start + 60_000).count == 50
            }
            let path = "v1/points/\(Site.name)/LT-1/samples?from=\(start)&to=\(start + 60_000)"
            let csv = try viewer.get(path, accept: "text/csv")
            let command = try deployment.hazardctl(
                "query", "\(Site.name)/LT-1", "--from", "\(start)", "--to", "\(start + 60_000)")
            #expect(csv.code == 200 && csv.text == command.text, "\(csv.text)")
            let json = try viewer.get(path).json["samples"] as? [[String: Any]]
            #expect(json?.count == 50 && json?.last?["value"] as? Double == 49.5)
            let newest = try viewer.get(path + "&order=desc&limit=2").json
            #expect((newest["samples"] as? [[String: Any]])?.map { $0["value"] as? Double } == [49.5, 48.5])
            #expect(newest["next"] as? Int64 == start + 48_000 - 1)
            let minutes = try viewer.get(path + "&resolution=1m").json["buckets"] as? [[String: Any]]
            #expect(minutes?.reduce(0) { $0 + ($1["count"] as? Int ?? 0) } == 50)
            let points = try viewer.get("v1/points").json["points"] as? [[String: Any]]
            #expect(points?.map { $0["point"] as? String } == ["\(Site.name)/LT-1", "\(Site.name)/LT-2"])
            #expect(points?.first?["value"] as? Double == 49.5 && points?.first?["t_ms"] as? Int64 == start + 49_000)
            #expect(points?.last?["value"] is NSNull && points?.last?["state"] as? String == "normal")
        }

        @Test("streams events over kills and restarts, without a loss or a repetition for who resumes")
        func stream() async throws {
            let (deployment, web) = try InterfaceTests.deployment([PointRow("LT-1", ["H": "8"])])
            let consumer = web.bearing(try deployment.addToken("crm", "consumer"))
            var had: [Int64] = []
            var value = 9.0
            for round in 0..<(Spine.isLong ? 12 : 3) {
                try await InterfaceTests.start(deployment, web)
                let gateway = try deployment.publisher("gateway-\(round)")
                let stream = try consumer.follow(after: had.last ?? 0)
                for step in 0..<20 {
                    try gateway.scan(at: Spine.now + Int64(step), ["LT-1": value])
                    value = value == 9 ? 1 : 9
                }
                try gateway.settle()
                let newest = try deployment.events().last?.number ?? 0
                try await deployment.until("the stream has come to event \(newest)") {
                    (InterfaceTests.ids(stream).last ?? 0) >= newest
                }
                if round % 2 == 0 { deployment.kill() } else { #expect(deployment.terminate() == 0) }
                stream.wait()
                had += InterfaceTests.ids(stream)
            }
            try await InterfaceTests.start(deployment, web)
            let last = try consumer.follow(after: had.last ?? 0)
            let sequences = try deployment.events().map(\.number)
            try await deployment.until("the rest") {
                (InterfaceTests.ids(last).last ?? 0) >= (sequences.last ?? 0)
            }
            last.kill()
            last.wait()
            had += InterfaceTests.ids(last)
            #expect(Array(had.prefix(sequences.count)) == sequences)
            print("stream over restarts: \(had.count) events, each once and in order")
        }

        @Test("streams to many consumers with little memory, even when half of them do not read")
        func memory() async throws {
            let count = Spine.isLong ? 500 : 50
            let points = (0..<100).map { PointRow("P-\($0)", ["H": "8"]) }
            let (deployment, web) = try InterfaceTests.deployment(points)
            let token = try deployment.addToken("crm", "consumer", "--rate", "10000")
            try await InterfaceTests.start(deployment, web)
            let address = "http://127.0.0.1:\(web.port)"
            let readers = try (0..<count / 2).map { _ in try StreamSocket(address, token: token, after: 0) }
            let others = try (0..<count / 2).map { _ in
                try StreamSocket(address, token: token, after: 0, room: 4_096)
            }
            try await deployment.until("\(count) streams stand") {
                try web.get("metrics").text.contains("\nhazardd_http_streams \(count)\n")
            }
            let load = ProcessLoad(try #require(deployment.daemon?.pid))
            let before = load.residentKilobytes
            var most = 0
            let gateway = try deployment.publisher()
            for round in 0..<40 {
                let value = round % 2 == 0 ? 9 : 1
                let values = (0..<100).map { "\"P-\($0)\":\(value)" }.joined(separator: ",")
                _ = try gateway.publish(
                    "hazard/v1/gateways/gw1/telemetry", "{\"ts\":\(Spine.now + Int64(round)),\"values\":{\(values)}}")
                try gateway.settle()
                for reader in readers { reader.pump() }
                most = max(most, load.residentKilobytes - before)
            }
            try await deployment.until("every reader has the alarms of every round", within: .seconds(120)) {
                for reader in readers { reader.pump() }
                most = max(most, load.residentKilobytes - before)
                return readers.allSatisfy { $0.ids.count >= 4_000 && $0.ids.count == readers[0].ids.count }
            }
            for reader in readers { #expect(reader.ids == Array(1...Int64(reader.ids.count))) }
            // What the alarms take, the ring, and for each stream a page, what its connection holds unsent, and its task.
            let bound = (32 << 10) + count * 160
            print("streams: \(count), half of them unread, took \(most) KiB at most; bound \(bound)")
            #expect(most < bound)
            withExtendedLifetime(others) {}
        }

        @Test("keeps a consumer's cursor over a kill")
        func cursor() async throws {
            let (deployment, web) = try InterfaceTests.deployment([PointRow("LT-1", ["H": "8"])])
            let consumer = web.bearing(try deployment.addToken("crm", "consumer"))
            try await InterfaceTests.start(deployment, web)
            #expect(try consumer.get("v1/consumers/crm/cursor").json["sequence"] as? Int == 0)
            #expect(try consumer.put("v1/consumers/crm/cursor", "{\"sequence\":1}").code == 200)
            deployment.kill()
            try await InterfaceTests.start(deployment, web)
            #expect(try consumer.get("v1/consumers/crm/cursor").json["sequence"] as? Int == 1)
        }

        @Test("answers whatever a generator of requests thinks of as its description says, and never with a 5xx")
        func generated() async throws {
            guard try PythonPackage.isThere("schemathesis") else { return }
            let (deployment, web) = try InterfaceTests.deployment([PointRow("LT-1", ["H": "8"]), PointRow("LT-2")])
            let token = try deployment.addToken("generator", "engineer", "--rate", "10000")
            try await InterfaceTests.start(deployment, web)
            let gateway = try deployment.publisher()
            try gateway.scan(at: Spine.now, ["LT-1": 9, "LT-2": 1, "NO-1": 1])
            try gateway.settle()
            try await deployment.until("the alarm stands") { try deployment.alarm("LT-1/H") != nil }
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().path
            // All checks and all paths. Tests/Schemathesis says what is configured, and why; without HAZARDD_LONG the same
            // requests are made each time.
            let seed = Spine.isLong ? Int.random(in: 1...Int(Int32.max)) : 1
            let child = try ChildProcess(
                "/bin/sh",
                ["-c", #"cd "$0" && exec "$@""#, deployment.folder.path, PythonPackage.interpreter]
                    + [
                        "-m", "schemathesis.cli", "--config-file", "\(root)/Tests/Schemathesis/schemathesis.toml",
                        "run",
                        "\(root)/schemas/openapi.yaml", "--url", "http://127.0.0.1:\(web.port)", "-H",
                        "Authorization: Bearer \(token)", "--checks", "all", "--seed", "\(seed)", "--max-examples",
                        Spine.isLong ? "120" : "12", "--phases",
                        Spine.isLong ? "examples,coverage,fuzzing,stateful" : "coverage,fuzzing", "--request-timeout",
                        "20",
                        "--generation-database", "none", "--suppress-health-check", "all", "--no-color", "--warnings",
                        "off",
                    ],
                environment: PythonPackage.environment.merging([
                    "SCHEMATHESIS_HOOKS": "\(root)/Tests/Schemathesis/hooks.py", "PYTHONHASHSEED": "0",
                ]) { given, _ in given },
                output: deployment.folder.file("schemathesis.log"))
            let code = child.wait(timeout: .seconds(Spine.isLong ? 1_200 : 240))
            let report = InterfaceTests.failures(child.output)
            #expect(code == 0, "seed \(seed)\n\(report)")
            let cases = child.output.firstMatch(of: /(\d+) generated/).flatMap { Int($0.1) } ?? 0
            #expect(cases >= 2_000, "\(report)")
            #expect(!deployment.log.contains("request-failed"), "\(deployment.story)")
            print("schemathesis: \(cases) cases at the running daemon, seed \(seed)")
        }
    }
}
