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
            let farm = try deployment.addFarm(
                sites: SoakTests.sites, points: SoakTests.samplesPerSecond / SoakTests.sites)
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

        /// About half of what `hazard-bench ingest --only ingest.mqtt.batch50` gives on two cores.
        private static let halfOfFullSpeed = 600_000
        private static let halfSpeedLength = Spine.isLong ? 1_200 : 20
        private static let halfSpeedWarmUp = Spine.isLong ? 240 : 10

        @Test(
            "at half of full speed leave memory, descriptors and the write-ahead log as they are; the watchdog is fed")
        func halfSpeed() async throws {
            let deployment = try Deployment(Site([]))
            let farm = try deployment.addFarm(sites: 20, points: 50)
            let systemd = try NotifySocket(deployment.folder.file("notify"))
            try deployment.launch(environment: systemd.environment(watchdog: .seconds(30)))
            try await deployment.untilReady()
            let daemon = try #require(deployment.daemon)
            let simulator = try ChildProcess(
                try ProductsFolder.executable("hazard-sim"),
                [
                    "load", "--broker", deployment.broker.url, "--duration", "\(SoakTests.halfSpeedLength)",
                    "--samples-per-second", "\(SoakTests.halfOfFullSpeed)",
                ] + farm, output: deployment.folder.file("hazard-sim.log"))
            let load = ProcessLoad(daemon.pid)
            try await during(.seconds(SoakTests.halfSpeedWarmUp / 2), every: .seconds(1))
            // A compaction that comes and goes takes some megabytes and a day file or two: its highest points are compared.
            var early = (memory: 0, descriptors: 0)
            try await during(.seconds(SoakTests.halfSpeedWarmUp / 2), every: .seconds(1)) {
                early.memory = max(early.memory, load.residentKilobytes)
                early.descriptors = max(early.descriptors, load.openDescriptors)
            }
            _ = systemd.take()
            let began = Spine.now
            var highest = (memory: early.memory, descriptors: early.descriptors, log: Int64(0))
            var pings = 0
            let length = SoakTests.halfSpeedLength - SoakTests.halfSpeedWarmUp - 2
            try await during(.seconds(length), every: .seconds(1)) {
                highest.memory = max(highest.memory, load.residentKilobytes)
                highest.descriptors = max(highest.descriptors, load.openDescriptors)
                highest.log = max(highest.log, deployment.fileSize("state/hazardd.sqlite-wal"))
                pings += systemd.take().filter { $0 == "WATCHDOG=1" }.count
            }
            #expect(simulator.wait(timeout: .seconds(60)) == 0, "\(simulator.output)")
            print(
                "soak at half speed: \(simulator.output.trimmingCharacters(in: .newlines)); resident \(early.memory) kB,",
                "\(highest.memory) kB at most; descriptors \(early.descriptors), \(highest.descriptors) at most;",
                "write-ahead log \(highest.log >> 20) MiB at most; \(pings) watchdog pings in \(length) s")
            #expect(highest.memory <= early.memory * 103 / 100 + (Spine.isLong ? 0 : 5_000), "memory grows")
            #expect(highest.descriptors <= early.descriptors + 4, "descriptors grow")
            #expect(highest.log <= 128 << 20, "the write-ahead log grows")
            #expect(pings >= Int((Spine.now - began) / 15_000) - 1, "the watchdog allows 30 s and is fed every 15")
            try await deployment.until("everything is accounted for", within: .seconds(60)) {
                try deployment.status().received >= SoakTests.samples(simulator.output)
            }
            let status = try deployment.status()
            #expect(status.addsUp)
            #expect(status.stored == SoakTests.samples(simulator.output))
        }

        /// The samples that the simulator says it published.
        private static func samples(_ output: String) -> Int64 {
            output.firstMatch(of: /\((\d+) samples\)/).flatMap { Int64($0.1) } ?? .max
        }
    }
}
