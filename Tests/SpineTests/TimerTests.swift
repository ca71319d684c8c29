import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("Timers outlive the daemon")
    struct TimerTests {
        /// Milliseconds by which a timer may miss.
        private static let tolerance: Int64 = 500
        private static let policies = """
            policies:
              default:
                tiers: [enterprise, township]
                climb: {critical: [0s, 10s], high: [0s, 5s], medium: [0s], low: [0s]}
            """
        private static let points = [
            PointRow("LT-10", ["H": "8", "on_delay_s": "10", "priority": "H=low"]),
            PointRow("LT-5", ["H": "8", "on_delay_s": "5", "priority": "H=low"]),
            PointRow("PT-10", ["H": "8", "priority": "H=critical"]),
            PointRow("PT-5", ["H": "8", "priority": "H=high"]),
        ]

        @Test("an on-delay and an escalation keep their deadline across a kill, or fire once at the start after it")
        func deadlines() async throws {
            let deployment = try Deployment(Site(TimerTests.points, policies: TimerTests.policies))
            try await deployment.start()
            let gateway = try deployment.publisher()
            let began = Spine.now
            try gateway.scan(at: began, ["LT-10": 9, "LT-5": 9, "PT-10": 9, "PT-5": 9])
            try gateway.settle()
            try await during(.seconds(4)) { try gateway.pump() }
            deployment.kill()
            #expect(try TimerTests.firings(deployment) == [:], "nothing was due yet")
            try await during(.milliseconds(began + 6_000 - Spine.now)) { try gateway.pump() }
            let restarted = Spine.now
            try await deployment.start()
            try await deployment.until("the deadlines at 10 s fire", within: .seconds(10)) {
                let names = try TimerTests.firings(deployment).keys
                return names.contains("raised LT-10") && names.contains("due PT-10")
            }
            // Whoever fires twice does so soon: at another start at the latest.
            try await during(.seconds(1))
            deployment.kill()
            try await deployment.start()
            try await during(.seconds(1))

            let firings = try TimerTests.firings(deployment)
            let raised = try #require(
                deployment.events().first { $0.subject == "shengli/PT-10/H" && $0.kind == "raised" })
            TimerTests.check(firings["raised LT-10"], near: began + 10_000)
            TimerTests.check(firings["due PT-10"], near: raised.milliseconds + 10_000)
            // What fell due while the daemon was down fires when it is back, which takes it a moment.
            TimerTests.check(firings["raised LT-5"], near: restarted + 300)
            TimerTests.check(firings["due PT-5"], near: restarted + 300)
            let verified = try deployment.hazardctl("verify")
            #expect(verified.code == 0, "\(verified)")
        }

        /// When each timer fired, UTC milliseconds, by what it did.
        private static func firings(_ deployment: Deployment) throws -> [String: [Int64]] {
            let events = try deployment.events().filter { event in
                event.subject.hasPrefix("shengli/LT") && event.kind == "raised"
                    || event.type == "hazard.escalation.due.v1" && event.data.tier == "township"
            }
            return Dictionary(grouping: events) { "\($0.kind) \($0.data.point ?? "?")" }
                .mapValues { $0.map(\.milliseconds) }
        }

        private static func check(
            _ times: [Int64]?, near expected: Int64, sourceLocation: SourceLocation = #_sourceLocation
        ) {
            #expect(times?.count == 1, "it fires exactly once", sourceLocation: sourceLocation)
            let error = (times?.first ?? .min / 2) - expected
            #expect(abs(error) <= tolerance, "off by \(error) ms", sourceLocation: sourceLocation)
        }
    }
}
