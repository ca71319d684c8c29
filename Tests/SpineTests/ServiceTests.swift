import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("As a service of systemd")
    struct ServiceTests {
        private static let site = Site([PointRow("PT-1")])

        @Test("READY comes only after the subscription and a first commit, and STOPPING before the end")
        func ready() async throws {
            let deployment = try Deployment(ServiceTests.site)
            let systemd = try NotifySocket(deployment.folder.file("notify"))
            try deployment.broker.stop()
            try deployment.launch(environment: systemd.environment(watchdog: .seconds(2)))
            // The daemon runs, commits (its start is an event), and has nothing to subscribe to.
            try await deployment.until("BROKER is raised", within: .seconds(20)) {
                FileManager.default.fileExists(atPath: deployment.stateFolder + "/hazardd.sqlite")
                    && (try? deployment.events())?.contains { $0.subject == "_node/spine-1/BROKER" } == true
            }
            #expect(!systemd.take().contains { $0.contains("READY=1") })
            try deployment.broker.start()
            var heard: [String] = []
            try await deployment.until("READY is told") {
                heard += systemd.take()
                return heard.contains { $0.hasPrefix("READY=1\nSTATUS=recording 1 points") }
            }
            #expect(deployment.log.contains("broker-connected"))
            #expect(deployment.terminate() == 0)
            #expect(systemd.take().contains { $0.hasPrefix("STOPPING=1") })
        }

        @Test("READY comes after the control socket and the HTTP port take requests")
        func listening() async throws {
            let port = try FreePort.find()
            let deployment = try Deployment(
                Site([PointRow("PT-1")], settings: ["http: {listen: \"127.0.0.1:\(port)\"}"]))
            try await deployment.start()
            let lines = deployment.log.split(separator: "\n")
            let ready = try #require(lines.firstIndex { $0.contains(Deployment.readyMark) })
            for mark in ["control-listening: ", "http-listening: "] {
                let place = try #require(lines.firstIndex { $0.contains(mark) }, "\(mark) in \(deployment.log)")
                #expect(place < ready, "\(deployment.log)")
            }
        }

        @Test("telemetry is recorded, and READY told, where neither the control socket nor the HTTP port can be had")
        func deaf() async throws {
            let deployment = try Deployment(ServiceTests.site)
            deployment.site.settings += ["http: {listen: \"127.0.0.1:\(deployment.broker.port)\"}"]
            try deployment.writeConfiguration()
            try deployment.folder.write("not a socket", to: "state/control.sock")
            try await deployment.start()
            #expect(deployment.log.contains("control-failed: "), "\(deployment.log)")
            #expect(deployment.log.contains("http-failed: "), "\(deployment.log)")
            let gateway = try deployment.publisher()
            try gateway.scan(at: Spine.now, ["PT-1": 1])
            try gateway.settle()
            try await deployment.until("the sample is on record") { try deployment.status().stored == 1 }
            #expect(try deployment.folder.read("state/control.sock") == "not a socket", "it is not ours to remove")
        }

        @Test("the watchdog is fed while the pipeline works, and no longer once its thread stands still")
        func watchdog() async throws {
            let deployment = try Deployment(ServiceTests.site)
            let systemd = try NotifySocket(deployment.folder.file("notify"))
            try deployment.launch(faults: "stall=3", environment: systemd.environment(watchdog: .seconds(1)))
            try await deployment.untilReady()
            _ = systemd.take()
            try await during(.seconds(3), every: .milliseconds(100))
            let idle = systemd.take().filter { $0 == "WATCHDOG=1" }.count
            #expect((3...7).contains(idle), "\(idle) pings in 3 s of an idle daemon, one every half second expected")

            let gateway = try deployment.publisher()
            for number in 1...3 {
                try gateway.scan(at: Spine.now, ["PT-1": Double(number)])
                try gateway.settle()
                try await during(.milliseconds(300))
            }
            _ = systemd.take()
            try await during(.seconds(3), every: .milliseconds(100))
            #expect(systemd.take().isEmpty, "the pipeline stands still, and nobody else pings for it")
            #expect(deployment.daemon?.isRunning == true)
        }

        @Test("a reload is announced, and its end")
        func reloading() async throws {
            let deployment = try Deployment(ServiceTests.site)
            let systemd = try NotifySocket(deployment.folder.file("notify"))
            try deployment.launch(environment: systemd.environment(watchdog: nil))
            try await deployment.untilReady()
            _ = systemd.take()
            deployment.site.points.append(PointRow("PT-2"))
            try deployment.writeConfiguration()
            deployment.reload()
            var heard: [String] = []
            try await deployment.until("the reload is over") {
                heard += systemd.take()
                return heard.contains { $0.hasPrefix("READY=1\nSTATUS=recording 2 points") }
            }
            #expect(heard.first?.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") == true)
        }
    }
}
