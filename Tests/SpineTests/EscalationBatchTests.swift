import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("A consumer's batch while telemetry comes")
    struct EscalationBatchTests {
        private static let registry = FloodRegistry(sites: 1, sourcesPerSite: 1, pointsPerSource: 200)

        /// The most tasks of one commit while telemetry comes.
        private static let largestPart = 25

        private static let policies = """
            policies:
              default:
                tiers: [enterprise]
                climb: {critical: [0s], high: [0s], medium: [0s], low: [0s]}
                repeat: 0s

            """

        @Test("is handed out and answered for whole, in parts between which samples are committed")
        func parts() async throws {
            let deployment = try Deployment(Site([PointRow("PT-1")], policies: EscalationBatchTests.policies))
            try EscalationBatchTests.registry.write(to: deployment.folder)
            try await deployment.start()
            let gateway = try deployment.publisher()
            let places = EscalationBatchTests.registry.places
            let values = places.map { "\"\($0.tag)\":9" }.joined(separator: ",")
            try gateway.publish(
                "hazard/v1/gateways/\(FloodRegistry.gateway)/telemetry", "{\"ts\":\(Spine.now),\"values\":{\(values)}}")
            try gateway.settle()
            try await deployment.until("everything is ready") {
                let ready = try deployment.rows(
                    "SELECT COUNT(*) FROM escalation_task WHERE state = 'ready' AND subject LIKE 'flood-%'")
                return ready == ["\(places.count)"]
            }

            var samples: Int64 = 0
            var last: Int64 = 0
            func scan() throws {
                last = max(last + 1, Spine.now)
                try gateway.scan(at: last, ["PT-1": 1])
                samples += 1
            }
            /// Asks the daemon something while samples go on coming.
            func ask(_ path: String, _ body: String) async throws -> [[String: Any]] {
                try await during(.milliseconds(100)) { try scan() }
                try deployment.folder.write(body, to: "body.json")
                let child = try ChildProcess(
                    "/usr/bin/curl",
                    [
                        "-s", "--unix-socket", deployment.stateFolder + "/control.sock", "-H",
                        "Content-Type: application/json", "--data", "@" + deployment.folder.file("body.json"),
                        "http://node/v1/escalations/" + path,
                    ], output: deployment.folder.file(path))
                try await deployment.until("an answer of \(path)", every: .milliseconds(2)) {
                    try scan()
                    return !child.isRunning
                }
                let answer = try JSONSerialization.jsonObject(with: Data(child.output.utf8)) as? [String: Any]
                return try #require(answer?.values.first as? [[String: Any]], "\(child.output.prefix(500))")
            }

            let claimed = try await ask("claim", "{\"limit\":\(places.count),\"sites\":[\"\(places[0].site)\"]}")
            #expect(Set(claimed.compactMap { $0["subject"] as? String }) == Set(places.map(\.subject)))
            let items = claimed.map { "{\"id\":\"\($0["id"] ?? "")\",\"claim\":\($0["claim"] ?? "")}" }
            let results = try await ask("report", "{\"verb\":\"done\",\"items\":[\(items.joined(separator: ","))]}")
            #expect(results.compactMap { $0["id"] as? String } == claimed.compactMap { $0["id"] as? String })
            #expect(results.allSatisfy { $0["outcome"] as? String == "done" })
            for action in ["claim", "done"] {
                // "leased 25 for …", "25 done, …"
                let parts = try deployment.rows(
                    "SELECT CAST(REPLACE(outcome, 'leased ', '') AS INTEGER) FROM operator_action WHERE action = '\(action)'"
                ).compactMap { Int($0) }
                #expect(parts.reduce(0, +) == places.count, "\(action): \(parts)")
                #expect(parts.allSatisfy { $0 <= EscalationBatchTests.largestPart }, "\(action): \(parts)")
            }
            try gateway.settle()
            try await deployment.until("every sample is stored") {
                try deployment.status().stored == samples + Int64(places.count)
            }
            #expect(try deployment.hazardctl("verify").code == 0)
        }
    }
}
