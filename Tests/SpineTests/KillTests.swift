import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("A daemon killed at random moments")
    struct KillTests {
        private static let kills = Spine.isLong ? 25 : 5

        @Test(
            "loses no acknowledged sample, repeats none, and tells of each crossing once",
            arguments: ["", "commit=20", "drop=30"])
        func noAcknowledgedLoss(faults: String) async throws {
            let deployment = try Deployment(Site(NumberedTelemetry.points))
            let listener = try deployment.subscriber("hazard/v1/events/#")
            try await deployment.start(faults: faults)
            let telemetry = NumberedTelemetry(try deployment.publisher())
            for _ in 0..<KillTests.kills {
                try await KillTests.publish(telemetry, listener, for: .milliseconds(.random(in: 300...1_800)))
                deployment.kill()
                try await KillTests.publish(telemetry, listener, for: .milliseconds(.random(in: 0...200)))
                try deployment.launch(faults: faults)
            }
            try await KillTests.publish(telemetry, listener, for: .seconds(1))
            try telemetry.client.settle()
            let last = try #require(telemetry.times.last)
            try await deployment.until("the last sample is stored", within: .seconds(90)) {
                try listener.pump(milliseconds: 10)
                return try !deployment.query("LT-901", from: last, to: last).isEmpty
            }
            try KillTests.checkSamples(deployment, telemetry)
            let events = try deployment.events()
            KillTests.checkEvents(events, telemetry)
            try await KillTests.checkFeed(deployment, listener, events)
        }

        private static func publish(
            _ telemetry: NumberedTelemetry, _ listener: SubscribingClient, for duration: Duration
        ) async throws {
            try await during(duration, every: .milliseconds(1)) {
                for _ in 0..<3 { try telemetry.publishNext() }
                try listener.pump(milliseconds: 1)
            }
        }

        private static func checkSamples(_ deployment: Deployment, _ telemetry: NumberedTelemetry) throws {
            let first = try #require(telemetry.times.first)
            let last = try #require(telemetry.times.last)
            for row in NumberedTelemetry.points {
                let wanted = telemetry.acknowledgedSamples(row.point)
                let stored = try deployment.query(row.point, from: first, to: last)
                #expect(wanted.count == telemetry.times.count, "the broker has acknowledged everything")
                SampleOrder.check(row.point, stored, wanted: wanted)
            }
            #expect(try deployment.status().addsUp)
        }

        private static func checkEvents(_ events: [EventRecord], _ telemetry: NumberedTelemetry) {
            EventOrder.check(events)
            let raised = events.filter { $0.subject == "shengli/LT-901/H" && $0.kind == "raised" }
            #expect(raised.compactMap(\.data.sampledAt) == telemetry.crossings)
            #expect(Set(raised.compactMap(\.data.episode)).count == 1, "nobody acknowledged: it is one episode")
        }

        /// Consumers got every event of the log, each first time in order.
        private static func checkFeed(
            _ deployment: Deployment, _ listener: SubscribingClient, _ events: [EventRecord]
        ) async throws {
            let log = Set(events.map(\.id))
            try await deployment.until("every event is published", within: .seconds(30), every: .milliseconds(20)) {
                try listener.pump(milliseconds: 50)
                let seen = try listener.received.map { try EventRecord(Data($0.payload)).id }
                return log.isSubset(of: seen)
            }
            var known: Set<String> = []
            let firsts = try listener.received.map { try EventRecord(Data($0.payload)) }
                .filter { known.insert($0.id).inserted }
            #expect(firsts.map(\.number) == firsts.map(\.number).sorted())
        }
    }
}
