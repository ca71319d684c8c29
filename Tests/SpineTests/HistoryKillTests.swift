import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("A daemon killed while it keeps history", .serialized)
    struct HistoryKillTests {
        private static let kills = Spine.isLong ? 150 : 6
        private static let purgeKills = Spine.isLong ? 50 : 3
        private static let day: Int64 = 86_400_000

        @Test("gives every sample once, and verifies, whatever compaction, sealing, a backup or retention was at")
        func noLoss() async throws {
            let deployment = try Deployment(Site(NumberedTelemetry.points))
            try await deployment.start()
            let telemetry = NumberedTelemetry(
                try deployment.publisher(),
                course: (Spine.now - 60 * HistoryKillTests.day, Spine.isLong ? 25_000 : 400_000))
            var backups: [String] = []
            for number in 0..<HistoryKillTests.kills {
                try await publish(telemetry, for: .milliseconds(.random(in: 50...400)))
                let compaction = try run(deployment, "compact")
                var backup: ChildProcess?
                if number % 3 == 0 {
                    backups.append(deployment.folder.file("backup-\(number)"))
                    backup = try run(deployment, "backup", backups[backups.count - 1])
                }
                try await publish(telemetry, for: .milliseconds(.random(in: 0...500)))
                deployment.kill()
                // Every other backup goes on without its daemon.
                if number % 2 == 0 { backup?.kill() }
                _ = compaction.wait(timeout: .seconds(20))
                #expect(backup?.wait(timeout: .seconds(60)) != .some(nil), "the backup ends")
                try await deployment.start()
            }
            try telemetry.client.settle()
            let last = try #require(telemetry.times.last)
            try await deployment.until("the last sample is stored", within: .seconds(60)) {
                try !deployment.query("LT-901", from: last, to: last).isEmpty
            }
            try check(deployment, telemetry, from: 0)
            #expect(try deployment.hazardctl("compact").code == 0)
            try check(deployment, telemetry, from: 0)
            try await killWhilePurging(deployment, telemetry)
            try checkBackups(deployment, backups)
        }

        /// What was finished restores and verifies; what was not is refused.
        private func checkBackups(_ deployment: Deployment, _ backups: [String]) throws {
            _ = deployment.terminate()
            for folder in backups where FileManager.default.fileExists(atPath: folder) {
                let isFinished = FileManager.default.fileExists(atPath: folder + "/backup.json")
                let restored = try deployment.hazardctl("restore", folder, "--replace")
                #expect(restored.code == (isFinished ? 0 : 1), "\(restored)")
                if !isFinished { #expect(restored.errors.contains("not finished"), "\(restored)") }
            }
        }

        /// Retention looks for days past their time as soon as the daemon starts.
        private func killWhilePurging(_ deployment: Deployment, _ telemetry: NumberedTelemetry) async throws {
            _ = deployment.terminate()
            deployment.site.settings = ["retention: {raw_days: 30}"]
            try deployment.writeConfiguration()
            for _ in 0..<HistoryKillTests.purgeKills {
                try deployment.launch()
                try await during(.milliseconds(.random(in: 30...400)))
                deployment.kill()
            }
            try await deployment.start()
            let first = try #require(telemetry.times.first)
            try await deployment.until("days past their time are gone") {
                try deployment.query("LT-901", from: first, to: first + 10 * HistoryKillTests.day).isEmpty
            }
            try check(deployment, telemetry, from: Spine.now - 30 * HistoryKillTests.day)
        }

        private func publish(_ telemetry: NumberedTelemetry, for duration: Duration) async throws {
            try await during(duration, every: .milliseconds(1)) {
                for _ in 0..<2 { try telemetry.publishNext() }
            }
        }

        /// Begins a command of hazardctl.
        private func run(_ deployment: Deployment, _ arguments: String...) throws -> ChildProcess {
            try ChildProcess(
                try ProductsFolder.executable("hazardctl"), arguments + ["--config", deployment.settingsFile],
                output: deployment.folder.file("hazardctl-\(UUID().uuidString).log"))
        }

        private func check(_ deployment: Deployment, _ telemetry: NumberedTelemetry, from first: Int64) throws {
            let last = try #require(telemetry.times.last)
            for row in NumberedTelemetry.points where first <= last {
                let stored = try deployment.query(row.point, from: first, to: last)
                let wanted = telemetry.acknowledgedSamples(row.point).filter { $0.time >= first }
                #expect(first > 0 || wanted.count == telemetry.times.count, "the broker has acknowledged everything")
                SampleOrder.check(row.point, stored, wanted: wanted)
            }
            let verified = try deployment.hazardctl("verify")
            #expect(verified.code == 0, "\(verified)")
        }
    }
}
