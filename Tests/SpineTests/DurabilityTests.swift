import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("Acknowledged means durable")
    struct DurabilityTests {
        @Test("the writer's synchronous is FULL, and every commit is synced to disk")
        func synchronous() async throws {
            let deployment = try Deployment(Site([PointRow("PT-1")]))
            let trace = deployment.folder.file("fsync.trace")
            // -D keeps the daemon in its own process, so that signals reach it; -y names the files.
            try await deployment.start(wrapper: [
                "/usr/bin/strace", "-D", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", trace,
            ])
            #expect(try deployment.status().synchronous == 2)
            let gateway = try deployment.publisher()
            let before = DurabilityTests.syncsOfLog(trace)
            let count = Spine.isLong ? 200 : 30
            for number in 1...count {
                try gateway.scan(at: Spine.now, ["PT-1": Double(number)])
                try gateway.settle()
                try await deployment.until("message \(number) is committed", every: .milliseconds(5)) {
                    try deployment.status().stored == number
                }
            }
            let syncs = DurabilityTests.syncsOfLog(trace) - before
            #expect(syncs >= count, "\(syncs) syncs of the write-ahead log for \(count) commits")
            _ = deployment.terminate()
        }

        @Test("a message whose commit fails stays with the broker", arguments: ["commit=1", "foreign writer"])
        func failedCommit(cause: String) async throws {
            let deployment = try Deployment(Site(NumberedTelemetry.points))
            try await deployment.start()
            let telemetry = NumberedTelemetry(try deployment.publisher())
            var lock: WriteLock?
            if cause == "commit=1" {
                #expect(deployment.terminate() == 0)
                try deployment.launch(faults: cause)
            } else {
                lock = try WriteLock(database: deployment.stateFolder + "/hazardd.sqlite")
            }
            for _ in 0..<300 { try telemetry.publishNext() }
            try telemetry.client.settle()
            try await deployment.until("the commit has failed") { deployment.log.contains("store-failed") }
            deployment.kill()
            lock?.release()
            let last = try #require(telemetry.times.last)
            #expect(try deployment.query("PT-1", from: last, to: last).isEmpty, "nothing could be committed")

            try await deployment.start()
            try await deployment.until("the last sample is stored") {
                try !deployment.query("PT-1", from: last, to: last).isEmpty
            }
            let first = try #require(telemetry.times.first)
            for row in NumberedTelemetry.points {
                let stored = try deployment.query(row.point, from: first, to: last)
                SampleOrder.check(row.point, stored, wanted: telemetry.acknowledgedSamples(row.point))
            }
        }

        /// Syncs of the state database's write-ahead log. Under synchronous=NORMAL only checkpoints make one.
        private static func syncsOfLog(_ trace: String) -> Int {
            let text = (try? String(contentsOfFile: trace, encoding: .utf8)) ?? ""
            return text.split(separator: "\n").filter {
                $0.contains("sync(") && $0.contains("hazardd.sqlite-wal>")
            }.count
        }
    }
}
