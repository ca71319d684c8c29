import Foundation
import TestKit
import Testing

extension Spine {
    @Suite(
        "A disk that fills",
        .enabled(if: SmallDisk.isPossible, "a small file system has to be mounted, which needs root"))
    struct DiskTests {
        private static let day: Int64 = 86_400_000
        private static let megabyte = 1 << 20
        /// `retention.disk_floor_mb`: STORE at twice as much, early days at this, no compaction at half of it.
        private static let floor = 32

        @Test("raises STORE, lets old days go, stops compaction, then reading; nothing acknowledged is lost")
        func stages() async throws {
            let deployment = try Deployment(
                Site(NumberedTelemetry.points, settings: ["retention: {disk_floor_mb: \(DiskTests.floor)}"]))
            let disk = try SmallDisk(at: deployment.stateFolder, megabytes: 224)
            defer { deployment.kill() }
            // History of days that may go early, and of days that may not.
            let old = try DiskTests.record(days: 40...44, deployment)
            let young = try DiskTests.record(days: 5...9, deployment)
            try await deployment.start()
            let telemetry = NumberedTelemetry(try deployment.publisher())
            try DiskTests.publish(telemetry, 500)
            #expect(try deployment.alarm("spine-1/STORE") == nil)

            try disk.leave((2 * DiskTests.floor - 4) * DiskTests.megabyte)
            try await DiskTests.untilStore(deployment, "high", "disk filling")
            #expect(try DiskTests.days(deployment) == 10)

            try disk.leave((DiskTests.floor - 4) * DiskTests.megabyte)
            try await DiskTests.untilStore(deployment, "critical", "disk floor")
            try await deployment.until("days beyond the legal floor are gone") {
                try DiskTests.days(deployment) == 5
            }
            #expect(deployment.log.contains("days-purged"))
            #expect(deployment.log.contains("reason space"))
            #expect(try deployment.query("PT-1", from: old, to: old + 5 * DiskTests.day).isEmpty)
            #expect(try deployment.query("PT-1", from: young, to: young + 5 * DiskTests.day).count == 5 * 2_000)

            try disk.leave((DiskTests.floor / 2 - 4) * DiskTests.megabyte)
            try await deployment.until("compaction waits") { deployment.log.contains("compaction-waits") }
            try DiskTests.publish(telemetry, 500)

            try disk.leave(0)
            try await deployment.until("reading waits for space", within: .seconds(60)) {
                if !deployment.log.contains("no space is left") { try DiskTests.publish(telemetry, 2_000) }
                return deployment.log.contains("store-recovered")
            }
            // The broker keeps what is published now, through a kill as well.
            try DiskTests.publish(telemetry, 500)
            deployment.kill()
            try DiskTests.publish(telemetry, 500)
            try deployment.launch()
            try await during(.seconds(2))
            deployment.kill()
            try deployment.launch()

            disk.free()
            let last = try #require(telemetry.times.last)
            try await deployment.until("everything published is stored", within: .seconds(60)) {
                try !deployment.query("LT-901", from: last, to: last).isEmpty
            }
            try await deployment.until("STORE has returned", within: .seconds(60)) {
                try deployment.alarm("spine-1/STORE").map { $0.state == "returned_unacknowledged" } ?? true
            }
            try DiskTests.publish(telemetry, 100)
            for row in NumberedTelemetry.points {
                let wanted = telemetry.acknowledgedSamples(row.point)
                #expect(wanted.count == telemetry.times.count, "the broker has acknowledged everything")
                try await deployment.until("the last samples of \(row.point) are stored") {
                    try deployment.query(row.point, from: telemetry.times[0], to: .max).count >= wanted.count
                }
                SampleOrder.check(
                    row.point, try deployment.query(row.point, from: telemetry.times[0], to: .max), wanted: wanted)
            }
            #expect(try deployment.hazardctl("compact").code == 0)
            let verified = try deployment.hazardctl("verify")
            #expect(verified.code == 0, "\(verified)")
        }

        /// Imports 2,000 samples of each of some days before today, and seals them.
        /// - Returns: the first one's time.
        private static func record(days: ClosedRange<Int64>, _ deployment: Deployment) throws -> Int64 {
            // Noon in the node's zone, so that no day is cut.
            let noon = (Spine.now / day) * day + 4 * 3_600_000
            var lines = ["point,t_ms,value"]
            for number in days.reversed() {
                for sample in 0..<Int64(2_000) {
                    lines.append("PT-1,\(noon - number * day + sample * 1_000),\(Double.random(in: 0...100))")
                }
            }
            try deployment.folder.write(lines.joined(separator: "\n") + "\n", to: "days.csv")
            for arguments in [["import", deployment.folder.file("days.csv")], ["compact"]] {
                let output = try deployment.run("hazardctl", arguments + ["--config", deployment.settingsFile])
                guard output.code == 0 else { throw TestKitError("\(output)") }
            }
            return noon - days.upperBound * day
        }

        private static func publish(_ telemetry: NumberedTelemetry, _ messages: Int) throws {
            for _ in 0..<messages { try telemetry.publishNext() }
            try telemetry.client.settle()
        }

        /// Day files of history.
        private static func days(_ deployment: Deployment) throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: deployment.stateFolder + "/history").filter {
                $0.hasSuffix(".sqlite") && !$0.contains("open")
            }.count
        }

        private static func untilStore(_ deployment: Deployment, _ priority: String, _ cause: String) async throws {
            try await deployment.until("STORE stands, \(priority), for \(cause)", within: .seconds(30)) {
                try deployment.alarm("spine-1/STORE").map { $0.priority == priority && $0.cause == cause } ?? false
            }
        }
    }
}
