import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("The alarm system's figures")
    struct KpiTests {
        private struct Report: Decodable {
            struct Flood: Decodable {
                let firstOut: String
                let count: Int
                let end: Int64?
            }

            struct Figure: Decodable {
                let value: Double?
                let verdict: String?
            }

            struct Position: Decodable {
                let position: String
                let annunciated: Int
                let acknowledged: Int
                let floods: [Flood]
                let figures: [String: Figure]
            }

            let annunciated: Int
            let positions: [Position]
        }

        @Test("name a flood and its first-out, with a daemon and without, and FLOOD tells of it meanwhile")
        func flood() async throws {
            let names = (0..<12).map { "LT-\($0)" }
            var site = Site(names.map { PointRow($0, ["H": "8", "source": "TF-1", "stale_after_s": "0"]) })
            site.siteLines = ["hazard_sources: [{source: TF-1, position: panel-1}]"]
            let deployment = try Deployment(site)
            try await deployment.start()
            let gateway = try deployment.publisher()
            for name in names {
                try gateway.scan(at: Spine.now, [name: 9])
                try gateway.settle()
            }
            try await deployment.until("FLOOD stands") {
                try deployment.alarms().contains { $0.condition == "FLOOD" && $0.state == "unacknowledged" }
            }
            let first = try #require(deployment.events().first { $0.subject.hasSuffix("/LT-0/H") }?.data.episode)
            #expect(try deployment.hazardctl("acknowledge", first).code == 0)

            let live = try KpiTests.report(deployment)
            try KpiTests.check(live)
            deployment.kill()
            try await deployment.start()
            try await deployment.until("the metrics tell of it") {
                let page = try KpiTests.metrics(deployment)
                return page.contains("hazardd_flood_positions 1\n")
                    && page.contains("hazardd_alarms_recent_worst 12\n")
            }
            let floods = try deployment.events().filter { $0.subject.hasSuffix("/FLOOD") && $0.isAlarm }
            #expect(floods.map(\.type) == ["hazard.alarm.raised.v1"], "it goes on over the kill, and is not told again")
            #expect(deployment.terminate() == 0)
            let stopped = try KpiTests.report(deployment)
            try KpiTests.check(stopped)

            let table = try deployment.hazardctl("kpi")
            #expect(table.code == 0, "\(table)")
            for text in ["VERDICT", "most alarms in any 10 min", "PEAK 10 MIN", "FIRST OUT", "shengli/LT-0/H"] {
                #expect(table.text.contains(text), "\(text) in\n\(table.text)")
            }
        }

        @Test("are refused for a range that is none and for a site that is none, as wrong usage")
        func usage() async throws {
            let deployment = try Deployment(Site([PointRow("LT-1", ["H": "8"])]))
            let absent = try deployment.hazardctl("kpi")
            #expect(absent.code == 1 && absent.errors.contains("there is no state"), "\(absent)")
            try deployment.launch()
            defer { deployment.kill() }
            try await deployment.until("there is a state") { try deployment.hazardctl("status").code == 0 }
            let reversed = try deployment.hazardctl("kpi", "--from", "-1h", "--to", "-2h")
            #expect(reversed.code == 2 && reversed.errors.contains("--from is not before --to"), "\(reversed)")
            let unknown = try deployment.hazardctl("kpi", "--site", "nowhere")
            #expect(unknown.code == 2 && unknown.errors.contains("shengli"), "\(unknown)")
            #expect(try deployment.hazardctl("kpi", "--site", "shengli", "--from", "-2d").code == 0)
        }

        private static func report(_ deployment: Deployment) throws -> Report {
            let output = try deployment.hazardctl("kpi", "--format", "json", "--from", "-1h")
            guard output.code == 0 else { throw TestKitError("\(output)") }
            return try EventRecord.decoder.decode(Report.self, from: Data(output.text.utf8))
        }

        private static func check(_ report: Report) throws {
            let panel = try #require(report.positions.first { $0.position == "panel-1" })
            // The node's own alarms, such as CLOCK, are not this position's.
            #expect(panel.annunciated == 12 && report.annunciated >= 12)
            #expect(panel.floods.map(\.firstOut) == ["shengli/LT-0/H"])
            #expect(panel.floods.first?.count == 12)
            #expect(panel.acknowledged == 1)
            #expect(panel.figures["peak_10_min"]?.value == 12)
            #expect(panel.figures["peak_10_min"]?.verdict == "over")
        }

        private static func metrics(_ deployment: Deployment) throws -> String {
            let child = try ChildProcess(
                "/usr/bin/curl",
                ["-s", "--unix-socket", deployment.stateFolder + "/control.sock", "http://localhost/metrics"],
                output: deployment.folder.file("metrics-\(UUID().uuidString)"))
            child.wait()
            return child.output
        }
    }
}
