import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("Incidents")
    struct IncidentTests {
        private static let policies = """
            policies:
              default:
                tiers: [enterprise, township]
                climb: {critical: [0s, 2s], high: [0s], medium: [0s], low: [0s]}
            """

        /// What `hazardctl holds` says of one.
        private struct Held: Decodable {
            struct Hold: Decodable {
                let episode: String
                let subject: String
                let site: String?
                let source: String?
                let from: Int64
                let to: Int64?
            }

            let holds: [Hold]
        }

        /// A farm whose tank LT-101 is overfilled and drained again.
        private static func overfill() async throws -> (Deployment, ChildProcess) {
            let deployment = try Deployment(
                Site([], policies: policies, settings: ["incidents: {priority: critical, before: 6s, after: 2s}"]))
            let farm = try deployment.addFarm(sites: 1, points: 50)
            try await deployment.start()
            let simulator = try ChildProcess(
                try ProductsFolder.executable("hazard-sim"),
                ["run", "--broker", deployment.broker.url] + farm
                    + ["--rate", "1", "--batch", "50", "--seed", "7", "--duration", "26"]
                    + ["--incident", "overfill@5,duration=8,ramp=2"],
                output: deployment.folder.file("hazard-sim.log"))
            return (deployment, simulator)
        }

        private static func hold(_ deployment: Deployment) throws -> Held.Hold? {
            let output = try deployment.hazardctl("holds", "--format", "json")
            guard output.code == 0 else { throw TestKitError("\(output)") }
            return try JSONDecoder().decode(Held.self, from: Data(output.text.utf8)).holds.first {
                $0.subject == "shengli/LT-101/HH"
            }
        }

        private static func capsule(
            _ deployment: Deployment, _ name: String, of episode: String = "shengli/LT-101/HH"
        ) throws -> (Capsule, CommandOutput) {
            let path = deployment.folder.file(name)
            let output = try deployment.hazardctl("incident", episode, "--out", path)
            guard output.code == 0 else { throw TestKitError("\(output)") }
            return (Capsule(path: path, deployment: deployment), output)
        }

        @Test("are held across a kill, and their capsule proves itself before and after compaction, and no forgery")
        func overfilled() async throws {
            let (deployment, simulator) = try await IncidentTests.overfill()
            try await deployment.until("the tank is overfilled", within: .seconds(30)) {
                try IncidentTests.hold(deployment) != nil
            }
            deployment.kill()
            let held = try #require(try IncidentTests.hold(deployment))
            #expect(held.site == "shengli" && held.source == "TF-1" && held.to == nil)
            let raised = try #require(
                try deployment.events().first { $0.subject == held.subject && $0.kind == "raised" })
            #expect(held.from == raised.milliseconds - 6_000)
            try await deployment.start()
            #expect(
                try deployment.hazardctl("acknowledge", held.episode, "--comment", "<b>inlet</b> closed & \"checked\"")
                    .code == 0)
            try await deployment.until("the tank is drained", within: .seconds(40)) {
                try IncidentTests.hold(deployment)?.to != nil
            }
            let end = try #require(try IncidentTests.hold(deployment)?.to)
            let returned = try #require(
                try deployment.events().last { $0.subject == held.subject && $0.kind == "cleared" })
            #expect(end == returned.milliseconds + 2_000)

            let (early, said) = try IncidentTests.capsule(deployment, "early")
            #expect(said.text.contains("not yet proven"))
            #expect(try early.verify().code == 3)
            #expect(try early.verifyByScript().text.contains("not yet proven"))
            #expect(try early.text("report.html").contains("Not yet proven"))
            #expect(simulator.wait(timeout: .seconds(40)) == 0)
            #expect(Spine.now > end)
            #expect(deployment.terminate() == 0)

            let (stopped, _) = try IncidentTests.capsule(deployment, "stopped", of: held.episode)
            try IncidentTests.expectProven(stopped)
            try IncidentTests.checkContents(stopped, raised: raised)
            try IncidentTests.expectForgeriesFound(
                stopped,
                [
                    ("proof/journal.jsonl", { $0.replacing("inlet", with: "outlet") }),
                    ("proof/journal.jsonl", { $0.split(separator: "\n").dropFirst().joined(separator: "\n") }),
                ])
            try await deployment.start()
            let (running, _) = try IncidentTests.capsule(deployment, "running")
            try IncidentTests.expectProven(running)
            #expect(try deployment.hazardctl("compact").code == 0)
            #expect(deployment.terminate() == 0)
            let (compacted, _) = try IncidentTests.capsule(deployment, "compacted")
            try IncidentTests.expectProven(compacted)
            for name in ["samples.csv", "events.jsonl"] {
                #expect(try compacted.text(name) == stopped.text(name), "\(name) is the same wherever it is read from")
            }
            #expect(try deployment.hazardctl("verify").code == 0)
            try IncidentTests.expectForgeriesFound(compacted, IncidentTests.forgeries)
            try IncidentTests.checkRefusals(deployment, compacted)
        }

        /// Ways to lie, each by the file that is changed.
        private static let forgeries: [(String, @Sendable (String) -> String)] = [
            ("samples.csv", { $0.replacingOccurrences(of: ",192,", with: ",64,") }),
            ("samples.csv", { $0.split(separator: "\n").dropLast(3).map { $0 + "\n" }.joined() }),
            ("events.jsonl", { $0.replacing("inlet", with: "outlet") }),
            ("events.jsonl", { $0.split(separator: "\n").dropFirst().map { $0 + "\n" }.joined() }),
            ("proof/events.jsonl", { $0.replacing("inlet", with: "outlet") }),
            ("proof/records.jsonl", { $0.replacing("\\\"merged\\\":0", with: "\\\"merged\\\":1") }),
            ("proof/chunks.jsonl", { $0.replacing("\"count\":", with: "\"count\":1") }),
            ("proof/files.jsonl", { $0.replacing("\"hashes\":\"", with: "\"hashes\":\"00") }),
            ("proof/moments.jsonl", { $0.replacing("\"count\":", with: "\"count\":1") }),
            ("seals.jsonl", { $0.replacing("last_event", with: "last_events") }),
            ("configuration/applied.json", { $0.replacing("\"points\":", with: "\"points\":1") }),
        ]

        private static func expectProven(_ capsule: Capsule, sourceLocation: SourceLocation = #_sourceLocation) throws {
            let found = try capsule.verify()
            #expect(found.code == 0, "\(found)", sourceLocation: sourceLocation)
            let script = try capsule.verifyByScript()
            #expect(script.code == 0, "\(script.text)", sourceLocation: sourceLocation)
        }

        private static func expectForgeriesFound(
            _ capsule: Capsule, _ forgeries: [(String, @Sendable (String) -> String)]
        ) throws {
            for (name, change) in forgeries {
                let forged = try capsule.forged(name, change)
                let found = try forged.verify()
                #expect(found.code == 3 && found.errors.contains(name), "\(name): \(found)")
                // Decoding samples is hazardctl's part.
                guard name != "samples.csv" else { continue }
                let script = try forged.verifyByScript()
                #expect(script.code == 3 && script.text.contains(name), "\(name): \(script.text)")
            }
        }

        private static func checkContents(_ capsule: Capsule, raised: EventRecord) throws {
            let samples = try capsule.text("samples.csv").split(separator: "\n")
            #expect(samples.first == "point,t_ms,value,quality,received_ms")
            let levels = samples.filter { $0.hasPrefix("shengli/LT-101,") }
            #expect(levels.count >= 12, "a sample a second over the window")
            #expect(Set(samples.dropFirst().map { $0.prefix { $0 != "," } }).count == 50)
            let kinds = try capsule.text("events.jsonl").split(separator: "\n").map { try EventRecord(Data($0.utf8)) }
                .filter { $0.subject == raised.subject }.map(\.kind)
            #expect(kinds.starts(with: ["raised", "due"]))
            #expect(kinds.contains("acknowledged") && kinds.contains("returned") && kinds.contains("cleared"))
            let report = try capsule.text("report.html")
            #expect(report.contains("&lt;b&gt;inlet&lt;/b&gt; closed &amp; &quot;checked&quot;"))
            #expect(!report.contains("<b>inlet") && !report.contains("<script"))
            #expect(report.contains("胜利罐区") && report.contains("Ammonia tank group"))
            #expect(try capsule.text("configuration/files/hazardd.yaml").contains("node: spine-1"))
            #expect(try capsule.text("configuration/files/sites/shengli.points.csv").contains("LT-101"))
            #expect(try capsule.text("configuration/applied.json").contains("hazard.config.applied.v1"))
        }

        private static func checkRefusals(_ deployment: Deployment, _ capsule: Capsule) throws {
            let again = try deployment.hazardctl("incident", "shengli/LT-101/HH", "--out", capsule.path)
            #expect(again.code == 1 && again.errors.contains("is not empty"))
            let unknown = try deployment.hazardctl(
                "incident", "shengli/LT-999/HH", "--out", deployment.folder.file("none"))
            #expect(unknown.code == 1 && unknown.errors.contains("LT-999"))
            #expect(!FileManager.default.fileExists(atPath: deployment.folder.file("none")))
            try "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
                .appending("-----END PUBLIC KEY-----\n")
                .write(toFile: deployment.folder.file("foreign.pem"), atomically: false, encoding: .utf8)
            let foreign = deployment.folder.file("foreign.pem")
            let found = try deployment.run("hazardctl", ["verify-incident", capsule.path, "--public-key", foreign])
            #expect(found.code == 3 && found.errors.contains("does not vouch"))
            let script = try capsule.verifyByScript(key: foreign)
            #expect(script.code == 3 && script.text.contains("does not vouch"))
            try "x".write(toFile: capsule.path + "/more.txt", atomically: false, encoding: .utf8)
            #expect(try capsule.verify().errors.contains("more.txt is not in the manifest"))
        }
    }
}
