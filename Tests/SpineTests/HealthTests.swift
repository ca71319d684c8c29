import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("Health over HTTP")
    struct HealthTests {
        @Test("is told by /healthz and /readyz, and by metrics that promtool accepts and that add up")
        func health() async throws {
            let port = try FreePort.find()
            let deployment = try Deployment(
                Site([PointRow("LT-1", ["H": "8"])], settings: ["http: {listen: \"127.0.0.1:\(port)\"}"]))
            try await deployment.start()
            let gateway = try deployment.publisher()
            try gateway.scan(at: Spine.now, ["LT-1": 9, "NO-1": 1])
            try gateway.settle()
            try await deployment.until("the alarm stands") { try deployment.alarm("LT-1/H") != nil }
            try await deployment.until("the daemon is ready") {
                try HealthTests.get(deployment, port, "readyz").code == 200
            }
            #expect(try HealthTests.get(deployment, port, "healthz").text.contains(#""status":"ok""#))

            let page = try HealthTests.get(deployment, port, "metrics")
            #expect(page.code == 200)
            for line in [
                "hazardd_samples_received_total 2", #"hazardd_samples_total{outcome="stored"} 1"#,
                #"hazardd_samples_total{outcome="unmapped"} 1"#, "hazardd_ready 1", "hazardd_broker_subscribed 1",
                #"hazardd_queue_bound{queue="requests"} 1024"#, "hazardd_alarms_unacknowledged",
            ] {
                #expect(page.text.contains(line), "\(line) in\n\(page.text)")
            }
            let lag = try #require(HealthTests.value(of: "hazardd_lag_seconds", in: page.text))
            #expect(lag > 0 && lag < 5, "seconds from receipt to commit")
            #expect(lag * 1_000 != (lag * 1_000).rounded(), "in whole milliseconds it says nothing")
            try HealthTests.promtool(deployment, page.text)

            try deployment.broker.stop()
            try await deployment.until("it is ready no more") {
                let answer = try HealthTests.get(deployment, port, "readyz")
                return answer.code == 503 && answer.text.contains("not subscribed")
            }
            #expect(try HealthTests.get(deployment, port, "healthz").code == 200, "it lives all the same")
            let refused = try HealthTests.get(deployment, port, "v1/alarms")
            #expect(refused.code == 401 && refused.text.contains("hazardctl token"), "nothing of /v1 without tokens")
        }

        private static func get(
            _ deployment: Deployment, _ port: UInt16, _ path: String
        ) throws -> (code: Int, text: String) {
            let output = deployment.folder.file("http-\(UUID().uuidString)")
            let child = try ChildProcess(
                "/usr/bin/curl", ["-s", "-w", "\n%{http_code}", "http://127.0.0.1:\(port)/\(path)"], output: output)
            child.wait()
            let lines = child.output.split(separator: "\n", omittingEmptySubsequences: false)
            return (lines.last.flatMap { Int($0) } ?? 0, lines.dropLast().joined(separator: "\n"))
        }

        private static func value(of metric: String, in page: String) -> Double? {
            let line = page.split(separator: "\n").first { $0.hasPrefix("\(metric) ") }
            return line.flatMap { Double($0.dropFirst(metric.count + 1)) }
        }

        private static func promtool(_ deployment: Deployment, _ text: String) throws {
            let file = try deployment.folder.write(text + "\n", to: "metrics.txt")
            let child = try ChildProcess(
                "/bin/sh", ["-c", #"exec promtool check metrics < "$0""#, file],
                output: deployment.folder.file("promtool.log"))
            #expect(child.wait() == 0, "\(child.output)")
            #expect(child.output.isEmpty, "\(child.output)")
        }
    }
}
