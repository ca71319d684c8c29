import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("Consumers of escalations that fail, stall and die")
    struct EscalationKillTests {
        /// Places that alarm at once; each climbs four tiers.
        private static let registry =
            Spine.isLong
            ? FloodRegistry(sites: 25, sourcesPerSite: 10, pointsPerSource: 100)
            : FloodRegistry(sites: 5, sourcesPerSite: 2, pointsPerSource: 50)
        private static let tiers = ["enterprise", "township", "county", "city"]
        private static let kills = Spine.isLong ? 20 : 3
        private static let consumers = 8
        private static let leaseSeconds = 4

        /// One line of a consumer's log.
        private struct Entry {
            let what: Substring
            let task: Substring
            let claim: Int
            let before: Int64
            let until: Int64

            init?(_ line: Substring) {
                let parts = line.split(separator: " ")
                guard parts.count == 6, let claim = Int(parts[2]), let before = Int64(parts[3]),
                    let until = Int64(parts[5])
                else { return nil }
                (what, task, self.claim, self.before, self.until) = (parts[0], parts[1], claim, before, until)
            }
        }

        private static let policies = """
            policies:
              default:
                tiers: [enterprise, township, county, city]
                climb: {critical: [0s, 0s, 0s, 0s], high: [0s, 0s, 0s, 0s], medium: [0s, 0s, 0s, 0s], low: [0s, 0s, 0s, 0s]}
                repeat: 0s

            """

        @Test(
            "get each escalation done, in order, and none done by one whose lease had passed, over kills of the daemon")
        func campaign() async throws {
            var options = MosquittoOptions()
            options.isVerbose = false
            let deployment = try Deployment(
                Site([PointRow("PT-1")], policies: EscalationKillTests.policies), broker: options)
            try EscalationKillTests.registry.write(to: deployment.folder)
            try await deployment.start()
            let consumers = try (0..<EscalationKillTests.consumers).map {
                try EscalationKillTests.start($0, deployment)
            }
            try EscalationKillTests.raise(deployment)
            for _ in 0..<EscalationKillTests.kills {
                try await during(.milliseconds(.random(in: 500...3_000)))
                deployment.kill()
                try await during(.milliseconds(.random(in: 0...500)))
                try await deployment.start()
            }
            let wanted = EscalationKillTests.registry.places.count * EscalationKillTests.tiers.count
            try await deployment.until("everything is done", within: .seconds(600), every: .seconds(1)) {
                for consumer in consumers where !consumer.isRunning {
                    throw TestKitError("a consumer ended: \(consumer.output)")
                }
                try EscalationKillTests.requeue(deployment)
                let done = try deployment.rows(
                    "SELECT COUNT(*) FROM escalation_task WHERE state = 'done' AND subject LIKE 'flood-%'")
                return done.first == "\(wanted)"
            }
            try deployment.folder.write("", to: "stop")
            for consumer in consumers { #expect(consumer.wait(timeout: .seconds(90)) == 0, "\(consumer.output)") }
            try EscalationKillTests.check(deployment, wanted)
            let verified = try deployment.hazardctl("verify")
            #expect(verified.code == 0, "\(verified)")
        }

        private static func start(_ number: Int, _ deployment: Deployment) throws -> ChildProcess {
            let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "escalation_consumer.py")
            return try ChildProcess(
                "/usr/bin/python3",
                [
                    script.path(percentEncoded: false), deployment.stateFolder + "/control.sock",
                    deployment.folder.file("consumer-\(number).log"), "\(number)", "\(leaseSeconds)",
                    "\(Spine.isLong ? 100 : 10)", deployment.folder.file("stop"),
                ], output: deployment.folder.file("consumer-\(number).out"))
        }

        private static func raise(_ deployment: Deployment) throws {
            let gateway = try deployment.publisher()
            var places = registry.places[...]
            while !places.isEmpty {
                let values = places.prefix(500).map { "\"\($0.tag)\":9" }.joined(separator: ",")
                places = places.dropFirst(500)
                try gateway.publish(
                    "hazard/v1/gateways/\(FloodRegistry.gateway)/telemetry",
                    "{\"ts\":\(Spine.now),\"values\":{\(values)}}")
            }
            try gateway.settle()
        }

        /// Does what an operator would about dead letters.
        private static func requeue(_ deployment: Deployment) throws {
            let dead = try deployment.rows(
                "SELECT id FROM escalation_task WHERE state = 'dead_lettered' AND closed = 0 LIMIT 50")
            for row in dead {
                let answer = try deployment.hazardctl("escalations", "requeue", String(row))
                #expect(answer.code == 0, "\(answer)")
            }
        }

        private static func check(_ deployment: Deployment, _ wanted: Int) throws {
            var entries: [Entry] = []
            for number in 0..<consumers {
                let text = try deployment.folder.read("consumer-\(number).log")
                entries += text.split(separator: "\n").compactMap { Entry($0) }
            }
            let done = entries.filter { $0.what == "done-done" }
            for entry in done {
                #expect(entry.until >= entry.before, "\(entry.task) was done under a lease that had passed")
            }
            // An answer can be lost for good when the tests end; what is stored is what counts, and each is told of.
            let own = try deployment.events().filter { $0.topicSite.hasPrefix(FloodRegistry.prefix) }
            let completions = own.filter { $0.type == "hazard.escalation.done.v1" }
            #expect(completions.count == wanted, "each is done once: of two claims only the later one counts")
            let order = Dictionary(grouping: completions, by: \.data.episode)
            #expect(order.count == registry.places.count)
            let broken = order.values.count { $0.compactMap(\.data.tier) != tiers }
            #expect(broken == 0, "the tiers of \(broken) episodes were not done in their order")
            #expect(Set(done.map(\.task)).count > wanted * 9 / 10)
            let claims = Dictionary(
                entries.filter { $0.what == "claim" }.map { ("\($0.task)/\($0.claim)", 1) }, uniquingKeysWith: +)
            #expect(claims.values.allSatisfy { $0 == 1 }, "no claim number was given twice")
            let kinds = Dictionary(entries.map { ($0.what, 1) }, uniquingKeysWith: +)
            #expect((kinds["fail-done"] ?? 0) > 0 && (kinds["release-done"] ?? 0) > 0, "\(kinds)")
            #expect((kinds["done-refused"] ?? 0) > 0, "some were too slow, and were told so: \(kinds)")
            print("escalations: \(wanted), kills: \(kills), \(kinds.sorted { $0.key < $1.key })")
        }
    }
}
