import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("A change of the rules")
    struct SafeChangeTests {
        private static let point = PointRow("LT-1", ["H": "8"])

        @Test("is a version with author, reason and what it changed, and part of the evidence")
        func versions() async throws {
            let deployment = try Deployment(Site([SafeChangeTests.point]))
            try await deployment.start()
            let gateway = try deployment.publisher()
            try gateway.scan(at: Spine.now, ["LT-1": 7.8])
            try await deployment.until("it is stored") { try deployment.status().stored == 1 }
            deployment.site.points[0].cells["H"] = "7.5"
            try deployment.writeConfiguration()
            let pending = try deployment.hazardctl("config", "diff")
            #expect(pending.text.contains("shengli/LT-1: H 8 → 7.5"), "\(pending)")
            let reload = try deployment.hazardctl("reload", "--reason", "the tank was lowered")
            #expect(reload.code == 0 && reload.text.contains("version 2 is in force"), "\(reload)")
            #expect(reload.text.contains("shengli/LT-1/H: normal → unacknowledged"), "\(reload)")
            #expect(try deployment.hazardctl("reload").text.contains("nothing has changed"))

            let applied = try deployment.hazardctl("events").lines.last { $0.contains("hazard.config.applied.v1") }
            #expect(applied?.contains("\"reason\":\"the tank was lowered\"") == true)
            #expect(applied?.contains("\"points_changed\":1") == true)
            let log = try deployment.hazardctl("config")
            #expect(log.lines.count == 3 && log.text.contains("the tank was lowered"), "\(log)")
            #expect(log.lines[1].contains(NSUserName()) && log.lines[2].contains("start"), "\(log)")
            let shown = try deployment.hazardctl("config", "show", "1")
            #expect(shown.text.contains("==> sites/shengli.points.csv <==") && shown.text.contains("LT-1"), "\(shown)")
            #expect(try deployment.hazardctl("config", "diff", "1", "2").text.contains("H 8 → 7.5"))
            #expect(try deployment.hazardctl("config", "show", "3").code == 1)
            #expect(deployment.terminate() == 0)
            #expect(try deployment.hazardctl("verify").code == 0)
            #expect(try deployment.hazardctl("reload").code == 69, "nobody listens")
        }

        @Test("that does not validate is refused with every fault, and is no version")
        func rejected() async throws {
            let deployment = try Deployment(Site([SafeChangeTests.point]))
            try await deployment.start()
            deployment.site.points[0].cells["H"] = "much"
            try deployment.writeConfiguration()
            let reload = try deployment.hazardctl("reload")
            #expect(reload.code == 78 && reload.errors.contains("shengli.points.csv:2"), "\(reload)")
            #expect(try deployment.hazardctl("config").lines.count == 2)
        }

        @Test("by files and SIGHUP is on record as that")
        func signal() async throws {
            let deployment = try Deployment(Site([SafeChangeTests.point]))
            try await deployment.start()
            deployment.site.points.append(PointRow("LT-2", ["H": "8"]))
            try deployment.writeConfiguration()
            deployment.reload()
            try await deployment.until("it is in force") { try deployment.hazardctl("config").lines.count == 3 }
            #expect(try deployment.hazardctl("config").lines[1].contains("SIGHUP"))
            #expect(try deployment.hazardctl("config", "log", "--format", "json").text.contains("\"points_added\":1"))
        }

        @Test("can be tried on recorded history")
        func replay() async throws {
            let deployment = try Deployment(Site([SafeChangeTests.point]))
            try await deployment.start()
            let gateway = try deployment.publisher()
            let start = Spine.now - 60_000
            for (step, value) in [7, 7.8, 7, 8.2, 7].enumerated() {
                try gateway.scan(at: start + Int64(step) * 1_000, ["LT-1": value])
            }
            try await deployment.until("all is stored") { try deployment.status().stored == 5 }
            deployment.site.points[0].cells["H"] = "7.5"
            try deployment.folder.write(deployment.site.siteFile, to: "proposed/shengli.yaml")
            try deployment.folder.write(deployment.site.pointList, to: "proposed/shengli.points.csv")
            let replay = try deployment.hazardctl(
                "replay", "--from", "-10m", "--registry", deployment.folder.file("proposed"), "--format", "json")
            #expect(replay.code == 0, "\(replay)")
            #expect(replay.text.contains("\"samples\":5"), "\(replay)")
            #expect(replay.text.contains("\"subject\":\"shengli/LT-1/H\""), "\(replay)")
            #expect(replay.text.contains("\"recorded\":{\"total\":{\"before\":1,\"after\":1,\"same\":1"), "\(replay)")
            let alarms = deployment.folder.file("alarms.jsonl")
            let table = try deployment.hazardctl("replay", "--from", "-10m", "--alarms", alarms)
            let given = try String(contentsOfFile: alarms, encoding: .utf8).split(separator: "\n")
            let high = given.filter { $0.contains("\"rules\":\"in_force\",\"subject\":\"shengli/LT-1/H\"") }
            #expect(high.count == 1 && high[0].contains("\"sampled_at\":\(start + 3_000)"), "\(given)")
            #expect(table.code == 0 && table.text.contains("no alarm differs"), "\(table)")
            #expect(try deployment.hazardctl("replay", "--from", "now", "--to", "-1h").code == 2)
            try deployment.folder.write("point,gateway,tag,H\nLT-1,gw1,LT-1,much\n", to: "proposed/shengli.points.csv")
            let faulty = try deployment.hazardctl(
                "replay", "--from", "-10m", "--registry", deployment.folder.file("proposed"))
            #expect(faulty.code == 78 && faulty.errors.contains("shengli.points.csv:2"), "\(faulty)")
        }

        @Test("can be tested by files: exit 0, 1 or 78")
        func ruleTests() throws {
            let deployment = try Deployment(Site([SafeChangeTests.point]))
            func run(_ limit: String, _ expected: String) throws -> CommandOutput {
                try deployment.folder.write(
                    "name: n\npoints: [{point: LT-1, H: \(limit)}]\nsteps: [{at: 1s, LT-1: 9, expect: \(expected)}]\n",
                    to: "rules/a.test.yaml")
                return try deployment.hazardctl("test", deployment.folder.file("rules"))
            }
            #expect(try run("8", "LT-1/H raised").code == 0)
            let failed = try run("10", "LT-1/H raised")
            #expect(failed.code == 1 && failed.text.contains("a.test.yaml:3: not as expected"), "\(failed)")
            let faulty = try run("8", "LT-1/H risen")
            #expect(faulty.code == 78 && faulty.errors.contains("a.test.yaml:3: steps[0].expect"), "\(faulty)")
            #expect(try deployment.hazardctl("test", deployment.folder.file("nowhere")).code == 2)
            try deployment.folder.write(
                "name: n\nsteps: [{at: 1s, LT-1: 9, expect: LT-1/H raised limit=8}]\nignore: escalation\n",
                to: "rules/a.test.yaml")
            let inForce = try deployment.hazardctl("test", deployment.folder.file("rules"))
            #expect(inForce.code == 0, "\(inForce)")
        }
    }
}
