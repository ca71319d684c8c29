import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("The grade of a hazard source")
    struct GradeTests {
        private struct Report: Decodable {
            struct Source: Decodable {
                struct Substance: Decodable {
                    let liveT: Double?
                    let liveAgeMs: Int64?
                    let liveUnusable: String?
                }

                let site: String
                let source: String
                let s: Double?
                let r: Double?
                let rLive: Double?
                let grade: Int?
                let majorHazardSource: Bool
                let substances: [Substance]
            }

            let profile: String
            let hazardSources: [Source]
        }

        private static let sources = [
            "hazard_sources:", "  - source: TF-1", "    residents_within_500m: 60", "    substances:",
            "      - {name: 液氨, quantity_t: 40, quantity_point: QI-1}",
            "  - {source: TF-2, substances: [{name: gasoline, quantity_t: 100, class: W5.3}]}",
        ]

        private static func report(_ deployment: Deployment, _ selection: String...) throws -> Report {
            let output = try deployment.run(
                "hazardctl", ["grade", "--format", "json", "--config", deployment.settingsFile] + selection)
            #expect(output.code == 0, "\(output)")
            return try decode(output.text)
        }

        private static func decode(_ text: String) throws -> Report {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(Report.self, from: Data(text.utf8))
        }

        @Test("is worked out without a daemon and its state, and by what is measured once there is something")
        func grade() async throws {
            var site = Site([PointRow("QI-1", ["unit": "t", "stale_after_s": "600", "low": "0", "high": "60"])])
            site.siteLines = GradeTests.sources
            let deployment = try Deployment(site)
            let before = try GradeTests.report(deployment)
            #expect(before.profile == "standards-2026")
            #expect(before.hazardSources.map(\.source) == ["TF-1", "TF-2"])
            #expect(before.hazardSources.map(\.s) == [4, 0.5] && before.hazardSources.map(\.r) == [12, 1])
            #expect(before.hazardSources.map(\.grade) == [3, nil])
            #expect(before.hazardSources.map(\.majorHazardSource) == [true, false])
            #expect(before.hazardSources.map(\.rLive) == [12, nil])
            #expect(before.hazardSources[0].substances[0].liveUnusable?.contains("there is no state at") == true)

            try await deployment.start()
            let gateway = try deployment.publisher()
            try gateway.scan(at: Spine.now - 5_000, ["QI-1": 10])
            try gateway.publish(
                "hazard/v1/gateways/gw1/telemetry",
                "{\"ts\":\(Spine.now),\"values\":{\"QI-1\":{\"v\":1,\"q\":0}}}")
            try gateway.settle()
            try await deployment.until("both samples are on record") { try deployment.status().stored == 2 }
            let live = try GradeTests.report(deployment, "shengli/TF-1").hazardSources
            #expect(live.map(\.source) == ["TF-1"] && live[0].r == 12 && live[0].rLive == 3)
            // The bad value after it does not count, and the good one's age does.
            #expect(live[0].substances[0].liveT == 10 && live[0].substances[0].liveAgeMs ?? 0 >= 5_000)

            let served = try GradeTests.served(deployment).hazardSources
            #expect(served.map(\.rLive) == [3, nil] && served.map(\.grade) == [3, nil])
            deployment.site.siteLines[4] = "      - {name: 液氨, quantity_t: 400, quantity_point: QI-1}"
            try deployment.writeConfiguration()
            deployment.reload()
            try await deployment.until("the daemon goes by what was reloaded") {
                try GradeTests.served(deployment).hazardSources.first?.grade == 1
            }
        }

        /// What the running daemon says on its control socket.
        private static func served(_ deployment: Deployment) throws -> Report {
            let child = try ChildProcess(
                "/usr/bin/curl",
                ["-s", "--unix-socket", deployment.stateFolder + "/control.sock", "http://node/v1/hazard-sources"],
                output: deployment.folder.file("served-\(UUID().uuidString)"))
            child.wait()
            return try decode(child.output)
        }

        @Test("is shown with its working for people, and of unknown sources nothing but what would be valid")
        func table() throws {
            var site = Site([PointRow("QI-1", ["unit": "t"])])
            site.siteLines = GradeTests.sources
            let deployment = try Deployment(site)
            let table = try deployment.hazardctl("grade")
            #expect(table.code == 0 && table.lines.first?.hasPrefix("SOURCE ") == true, "\(table)")
            #expect(
                table.text.contains(
                    "R = α·Σ β·q/Q = 1.5 × 8 = 12: grade 3, 10 ≤ R < 50 (GB 18218-2018, read at its source)"))
            #expect(table.text.contains("standards profile standards-2026 of 2026-11-24"))
            let unknown = try deployment.hazardctl("grade", "shengli/TF-9")
            #expect(unknown.code == 1 && unknown.errors.contains("valid: a SITE or SITE/SOURCE"), "\(unknown)")
        }

        @Test("goes by the profile that the settings name, and is refused with one that does not validate")
        func ownProfile() throws {
            var site = Site([PointRow("QI-1", ["unit": "t"])], settings: ["standards: own.yaml"])
            site.siteLines = GradeTests.sources
            let deployment = try Deployment(site)
            let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            let text = try String(contentsOf: root.appending(path: "schemas/standards-2026.yaml"), encoding: .utf8)
            try deployment.folder.write(
                text.replacingOccurrences(of: "profile: standards-2026", with: "profile: own")
                    .replacingOccurrences(of: "{grade: 3, r: 10}", with: "{grade: 3, r: 15}"), to: "own.yaml")
            let report = try GradeTests.report(deployment)
            #expect(report.profile == "own" && report.hazardSources[0].grade == 4)
            try deployment.folder.write(text + "limits: []\n", to: "own.yaml")
            let refused = try deployment.hazardctl("grade")
            #expect(refused.code == 78 && refused.errors.contains("limits is an unknown key"), "\(refused)")
        }
    }
}
