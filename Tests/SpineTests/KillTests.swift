import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("A daemon killed at random moments")
    struct KillTests {
        private static let kills = Spine.isLong ? 25 : 5

        /// What goes on beside the kills.
        enum Circumstance: CaseIterable {
            case plain
            /// One commit in twenty fails.
            case failingCommits
            /// The connection is dropped between reading a burst and its commit.
            case droppedConnections
            /// As much other telemetry as the machine takes.
            case fullLoad
            case fullLoadNormalDurability

            var faults: String {
                switch self {
                case .failingCommits: "commit=20"
                case .droppedConnections: "drop=30"
                case .plain, .fullLoad, .fullLoadNormalDurability: ""
                }
            }

            var hasLoad: Bool { self == .fullLoad || self == .fullLoadNormalDurability }
            var settings: [String] { self == .fullLoadNormalDurability ? ["commit: {durability: normal}"] : [] }
        }

        @Test(
            "loses no acknowledged sample, repeats none, and tells of each crossing once",
            arguments: Circumstance.allCases)
        func noAcknowledgedLoss(circumstance: Circumstance) async throws {
            let faults = circumstance.faults
            let deployment = try Deployment(Site(NumberedTelemetry.points, settings: circumstance.settings))
            let load = circumstance.hasLoad ? try KillTests.startLoad(deployment) : nil
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
            try KillTests.end(load)
            try telemetry.client.settle()
            let last = try #require(telemetry.times.last)
            try await deployment.until("the last sample is stored", within: .seconds(90)) {
                try listener.pump(milliseconds: 10)
                return try !deployment.query("LT-901", from: last, to: last).isEmpty
            }
            try KillTests.checkSamples(deployment, telemetry)
            let events = try deployment.events()
            KillTests.checkEvents(events, telemetry)
            try await EventOrder.checkDelivery(of: events, to: listener, from: deployment)
            let verified = try deployment.hazardctl("verify")
            #expect(verified.code == 0, "\(verified)")
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
            let status = try deployment.status()
            #expect(status.addsUp)
            #expect(status.synchronous == (deployment.site.settings.isEmpty ? 2 : 1))
        }

        /// Other gateways' telemetry, as fast as the broker takes it, for as long as the test may run.
        private static func startLoad(_ deployment: Deployment) throws -> ChildProcess {
            let farm = try deployment.addFarm(sites: 20, points: 50)
            return try ChildProcess(
                try ProductsFolder.executable("hazard-sim"),
                ["load", "--broker", deployment.broker.url, "--duration", "600"] + farm,
                output: deployment.folder.file("load.log"))
        }

        private static func end(_ load: ChildProcess?) throws {
            guard let load else { return }
            load.kill(SIGTERM)
            #expect(load.wait(timeout: .seconds(60)) == 0, "\(load.output)")
            print("load beside the kills: \(load.output)", terminator: "")
        }

        private static func checkEvents(_ events: [EventRecord], _ telemetry: NumberedTelemetry) {
            EventOrder.check(events)
            let raised = events.filter { $0.subject == "shengli/LT-901/H" && $0.kind == "raised" }
            #expect(raised.compactMap(\.data.sampledAt) == telemetry.crossings)
            #expect(Set(raised.compactMap(\.data.episode)).count == 1, "nobody acknowledged: it is one episode")
        }
    }
}
