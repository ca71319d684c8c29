import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("A broker that goes away")
    struct BrokerLossTests {
        private static let points = NumberedTelemetry.points.map { row in
            PointRow(row.point, row.cells.merging(["stale_after_s": "2", "priority": "critical"]) { old, _ in old })
        }

        @Test(
            "is alarmed; telemetry flows again, nothing acknowledged is missing, and no STALE escalates",
            arguments: [true, false])
        func outage(keepPersistence: Bool) async throws {
            let deployment = try Deployment(Site(BrokerLossTests.points))
            try await deployment.start()
            let gateway = try deployment.publisher()
            let telemetry = NumberedTelemetry(gateway)
            try await during(.seconds(1)) { try telemetry.publishNext() }
            try gateway.settle()
            let last = try #require(telemetry.times.last)
            try await BrokerLossTests.untilStored(deployment, last)
            if keepPersistence {
                // What the broker has acknowledged and saved, hazardd must get, however much of it was under way.
                for _ in 0..<500 { try telemetry.publishNext() }
                try gateway.settle()
            }
            let before = telemetry.times.count

            try deployment.broker.stop()
            try await during(Spine.isLong ? .seconds(20) : .seconds(8))
            #expect(try BrokerLossTests.brokerAlarm(deployment) == ["raised"])
            try deployment.broker.restart(keepPersistence: keepPersistence)

            try gateway.connect()
            var newest: Int64 = 0
            try await deployment.until("telemetry flows again", within: .seconds(40), every: .milliseconds(300)) {
                newest = Spine.now
                try gateway.scan(at: newest, ["PT-1": Double(newest % 1_000), "PT-2": 1, "PT-3": 1, "PT-4": 1])
                try gateway.scan(at: newest, ["LT-901": 5])
                return try !deployment.query("PT-1", from: newest - 3_000, to: newest).isEmpty
            }
            try await BrokerLossTests.keepAlive(gateway)
            try BrokerLossTests.checkSamples(deployment, telemetry, count: before)
            try BrokerLossTests.checkEvents(deployment)
        }

        /// Past the time after which suppressed STALE alarms are shown again if their points stay silent.
        private static func keepAlive(_ gateway: PublishingClient) async throws {
            try await during(.seconds(4), every: .milliseconds(300)) {
                try gateway.scan(at: Spine.now, ["PT-1": 1, "PT-2": 1, "PT-3": 1, "PT-4": 1, "LT-901": 5])
            }
        }

        private static func untilStored(_ deployment: Deployment, _ time: Int64) async throws {
            try await deployment.until("the last sample is stored") {
                try !deployment.query("PT-1", from: time, to: time).isEmpty
            }
        }

        private static func brokerAlarm(_ deployment: Deployment) throws -> [String] {
            try deployment.events().filter { $0.subject == "_node/\(Site.node)/BROKER" && $0.isAlarm }.map(\.kind)
        }

        private static func checkSamples(
            _ deployment: Deployment, _ telemetry: NumberedTelemetry, count: Int
        ) throws {
            let first = try #require(telemetry.times.first)
            let last = telemetry.times[count - 1]
            for row in points {
                let wanted = telemetry.acknowledgedSamples(row.point)
                let stored = try deployment.query(row.point, from: first, to: last)
                #expect(wanted.count == count)
                SampleOrder.check(row.point, stored, wanted: wanted)
            }
        }

        private static func checkEvents(_ deployment: Deployment) throws {
            let events = try deployment.events()
            EventOrder.check(events)
            #expect(try brokerAlarm(deployment) == ["raised", "returned"])
            let stale = events.filter { $0.subject.hasSuffix("/STALE") }
            for row in points {
                let own = stale.filter { $0.subject == "shengli/\(row.point)/STALE" && $0.isAlarm }
                #expect(own.first?.kind == "raised", "\(row.point) was silent")
                #expect(own.first?.data.suppression == "suppressed_by_design")
                #expect(own.map(\.kind).contains("unsuppressed") == false, "\(row.point) spoke again in time")
            }
            #expect(stale.filter { $0.type == "hazard.escalation.due.v1" }.isEmpty)
        }
    }
}
