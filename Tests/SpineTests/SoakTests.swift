import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("Hours of ordinary telemetry")
    struct SoakTests {
        /// Seconds the farm runs, and before memory is looked at first: caches fill up in the beginning.
        private static let length = Spine.isLong ? 600 : 20
        private static let warmUp = Spine.isLong ? 120 : 8
        private static let samplesPerSecond = 20_000
        private static let sites = 20

        @Test("at 20,000 samples a second leave memory flat and less than one core busy, and everything is stored")
        func flat() async throws {
            let deployment = try Deployment(Site([]))
            let farm = ["--sites", "\(SoakTests.sites)", "--points", "\(SoakTests.samplesPerSecond / SoakTests.sites)"]
            #expect(
                try deployment.run("hazard-sim", ["registry", "--out", deployment.folder.file("sites")] + farm).code
                    == 0)
            try await deployment.start()
            let daemon = try #require(deployment.daemon)
            let simulator = try ChildProcess(
                try ProductsFolder.executable("hazard-sim"),
                ["run", "--broker", deployment.broker.url, "--duration", "\(SoakTests.length)"] + farm,
                output: deployment.folder.file("hazard-sim.log"))
            let load = ProcessLoad(daemon.pid)
            try await during(.seconds(SoakTests.warmUp), every: .seconds(1))
            let early = load.residentKilobytes
            let began = (wall: Spine.now, cpu: load.cpuSeconds)
            var highest = early
            try await during(.seconds(SoakTests.length - SoakTests.warmUp - 1), every: .seconds(1)) {
                highest = max(highest, load.residentKilobytes)
            }
            let share = (load.cpuSeconds - began.cpu) * 1_000 / Double(Spine.now - began.wall)
            #expect(simulator.wait(timeout: .seconds(60)) == 0, "\(simulator.output)")

            let wanted = Int64(SoakTests.length * SoakTests.samplesPerSecond)
            try await deployment.until("all \(wanted) samples are stored", within: .seconds(30)) {
                try deployment.status().stored >= wanted
            }
            let status = try deployment.status()
            #expect(status.addsUp)
            #expect(status.stored == wanted)
            print(
                "soak: \(SoakTests.length) s at \(SoakTests.samplesPerSecond) samples/s: \(Int(share * 100)) % of a core,",
                "resident \(early) kB after \(SoakTests.warmUp) s, \(highest) kB at most")
            #expect(early > 0)
            #expect(highest - early < max(early / 5, 30_000), "resident memory went from \(early) kB to \(highest) kB")
            #expect(share < 1, "the daemon uses \(share) cores")
        }
    }
}
