import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("The daemon's life")
    struct LifecycleTests {
        private static let point = PointRow("LT-1", ["low": "0", "high": "20", "H": "8", "HH": "9.5"])

        @Test("SIGTERM ends it in less than 2 s with code 0, and everything received is kept")
        func stop() async throws {
            let deployment = try Deployment(Site(NumberedTelemetry.points))
            try await deployment.start()
            let telemetry = NumberedTelemetry(try deployment.publisher())
            for _ in 0..<500 { try telemetry.publishNext() }
            #expect(deployment.terminate(within: .seconds(2)) == 0)
            try telemetry.client.settle()
            try await deployment.start()
            let first = try #require(telemetry.times.first)
            let last = try #require(telemetry.times.last)
            try await deployment.until("the last sample is stored") {
                try !deployment.query("PT-1", from: last, to: last).isEmpty
            }
            let stored = try deployment.query("PT-1", from: first, to: last)
            SampleOrder.check("PT-1", stored, wanted: telemetry.acknowledgedSamples("PT-1"))
            #expect(try deployment.events().filter { $0.type == "hazard.node.stopped.v1" }.count == 1)
        }

        @Test("SIGHUP holds a changed limit against the last value at once; one that does not validate changes nothing")
        func reload() async throws {
            let deployment = try Deployment(Site([LifecycleTests.point]))
            try await deployment.start()
            let gateway = try deployment.publisher()
            try gateway.scan(at: Spine.now, ["LT-1": 7])
            try await deployment.until("the sample is stored") { try deployment.status().stored == 1 }
            #expect(try deployment.alarm("LT-1/H") == nil)

            deployment.site.points[0].cells["H"] = "6"
            try deployment.writeConfiguration()
            deployment.reload()
            try await deployment.until("the new limit raises", within: .seconds(5)) {
                try deployment.story(of: "LT-1/H") == ["raised"]
            }
            let raised = try #require(deployment.events().last { $0.subject == "shengli/LT-1/H" && $0.isAlarm })
            #expect(raised.data.limit == 6)
            #expect(raised.data.value == 7)

            deployment.site.points[0].cells["H"] = "99"
            try deployment.writeConfiguration()
            deployment.reload()
            try await deployment.until("the rejection is logged") { deployment.log.contains("reload-rejected") }
            #expect(deployment.log.contains("shengli.points.csv:2"), "the fault's file and line\n\(deployment.story)")
            // The limits in force are still those of the reload before.
            try gateway.scan(at: Spine.now, ["LT-1": 5])
            try gateway.scan(at: Spine.now + 1, ["LT-1": 6.5])
            try await deployment.until("the limit in force holds") {
                try deployment.story(of: "LT-1/H") == ["raised", "returned", "raised"]
            }
            #expect(try deployment.events().filter { $0.type == "hazard.config.applied.v1" }.count == 2)
        }

        @Test("a second daemon on the same state directory is refused by name of the first one's process")
        func second() async throws {
            let deployment = try Deployment(Site([LifecycleTests.point]))
            try await deployment.start()
            let first = try #require(deployment.daemon)
            let second = try deployment.run("hazardd", ["--config", deployment.settingsFile], within: .seconds(10))
            #expect(second.code == 1)
            #expect((second.text + second.errors).contains("process \(first.pid)"), "\(second)")
            #expect(first.isRunning)
        }

        @Test("--check exits 78 and lists every fault with its file and line", arguments: ["hazardd", "hazardctl"])
        func check(executable: String) throws {
            let deployment = try Deployment(Site([LifecycleTests.point]))
            let arguments = ["--config", deployment.settingsFile]
            let command = executable == "hazardd" ? arguments + ["--check"] : ["check"] + arguments
            let sound = try deployment.run(executable, command)
            #expect(sound.code == 0, "\(sound)")

            deployment.site.settings = ["frobnicate: 1", "commit: {durability: maybe}"]
            deployment.site.points[0].cells["H"] = "9.9"
            try deployment.writeConfiguration()
            let broken = try deployment.run(executable, command)
            let report = broken.text + broken.errors
            #expect(broken.code == 78, "\(broken)")
            for part in ["frobnicate", "durability", "shengli.points.csv:2", "hazardd.yaml:6", "hazardd.yaml:7"] {
                #expect(report.contains(part), "\(part) in \(report)")
            }
        }

        @Test("a broker out of reach is alarmed and tried until it answers")
        func unreachable() async throws {
            let deployment = try Deployment(Site([LifecycleTests.point]))
            try deployment.broker.stop()
            try deployment.launch()
            try await deployment.until("BROKER is raised", within: .seconds(20)) {
                FileManager.default.fileExists(atPath: deployment.stateFolder + "/hazardd.sqlite")
                    && (try? deployment.events())?.contains { $0.subject == "_node/spine-1/BROKER" } == true
            }
            #expect(deployment.daemon?.isRunning == true)
            try deployment.broker.start()
            try await deployment.untilReady()
            try await deployment.until("BROKER returns") {
                try deployment.events().contains { $0.subject == "_node/spine-1/BROKER" && $0.kind == "returned" }
            }
        }
    }
}
