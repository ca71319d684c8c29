import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("Every sample has one outcome")
    struct AccountingTests {
        private static let messages = Spine.isLong ? 1_000_000 : 50_000
        /// Unparseable messages on top, so that quarantine is offered more than it holds.
        private static let surplus = 12_000
        private static let quarantineBound = 10_000
        private static let goodPoints = (1...16).map { "PT-\($0)" }
        private static let topic = "hazard/v1/gateways/gw1/telemetry"

        @Test("the sum holds, quarantine is bounded and memory flat under malformed, unknown, repeated, future input")
        func accounting() async throws {
            let points = AccountingTests.goodPoints.map { PointRow($0) } + [PointRow("FT-1")]
            let deployment = try Deployment(Site(points))
            try await deployment.start()
            let pid = try #require(deployment.daemon?.pid)
            let gateway = try deployment.publisher(window: 2_000)
            var early = 0
            for number in 0..<AccountingTests.messages {
                try gateway.publish(AccountingTests.topic, AccountingTests.payload(number))
                if number == AccountingTests.messages * 3 / 10 { early = ProcessLoad(pid).residentKilobytes }
            }
            try gateway.settle()
            try await AccountingTests.untilReceived(deployment, AccountingTests.messages)
            let late = ProcessLoad(pid).residentKilobytes

            let share = Int64(AccountingTests.messages / 20)
            let status = try deployment.status()
            #expect(status.addsUp)
            #expect(status.received == 20 * share)
            #expect(status.quarantined == share)
            #expect(status.unmapped == share)
            #expect(status.duplicate == share)
            #expect(status.stored == 17 * share)
            #expect(early > 0)
            #expect(
                late - early < max(early / 5, 30_000), "resident memory went from \(early) kB to \(late) kB")

            for number in 0..<AccountingTests.surplus {
                try gateway.publish(AccountingTests.topic, "{\"ts\":\(number),\"values\":")
            }
            try gateway.settle()
            try await AccountingTests.untilReceived(
                deployment, AccountingTests.messages + AccountingTests.surplus)
            #expect(try deployment.status().quarantined == share + Int64(AccountingTests.surplus))
            let kept = Int(try deployment.rows("SELECT count(*) FROM quarantine").first ?? "") ?? -1
            #expect(kept > 0 && kept <= AccountingTests.quarantineBound, "\(kept) entries are kept")
        }

        /// Of twenty messages one is malformed, one has an unknown tag, one repeats the one before it, and one is
        /// from the future. That one has a point of its own, as the daemon chooses its time.
        private static func payload(_ number: Int) -> String {
            switch number % 20 {
            case 5: return "{\"ts\":\(Spine.now),\"values\":{\"PT-1\":"
            case 10: return "{\"ts\":\(Spine.now),\"values\":{\"NONE-\(number % 7)\":1}}"
            case 15: return payload(number - 1)
            case 18: return "{\"ts\":\(Spine.now + 3_600_000),\"values\":{\"FT-1\":\(number)}}"
            default:
                let point = goodPoints[number % goodPoints.count]
                // One time a round of the points; a time of the past, so that none comes early.
                let time = base + Int64(number / goodPoints.count)
                return "{\"ts\":\(time),\"values\":{\"\(point)\":\(Double(number) / 8)}}"
            }
        }

        private static let base = Spine.now - 120_000

        private static func untilReceived(_ deployment: Deployment, _ count: Int) async throws {
            try await deployment.until("\(count) messages are accounted for", within: .seconds(240)) {
                try deployment.status().received >= count
            }
        }
    }
}
