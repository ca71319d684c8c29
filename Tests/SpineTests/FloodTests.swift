import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("A flood of alarms")
    struct FloodTests {
        private static let registry = FloodRegistry(sites: 10, sourcesPerSite: 5, pointsPerSource: 100)
        private static let places = registry.places
        /// Milliseconds over which they are spread.
        private static let length: Int64 = 10_000
        /// Milliseconds within which 99 of 100 must be with the consumer.
        private static let bound: Int64 = 1_000
        private static let eventTopic = "hazard/v1/events/\(FloodRegistry.prefix)"
        private static let escalationTopic = "hazard/v1/escalations/enterprise/"
        private static let alarmTopic = "hazard/v1/alarms/\(FloodRegistry.prefix)"

        @Test("5,000 in 10 s are stored, in order, and with a consumer within a second")
        func flood() async throws {
            var options = MosquittoOptions()
            options.isVerbose = false
            let deployment = try Deployment(Site([PointRow("PT-1")]), broker: options)
            try FloodTests.registry.write(to: deployment.folder)
            let consumer = TimedConsumer(
                try deployment.subscriber("hazard/v1/events/+", "hazard/v1/escalations/enterprise/#"))
            try await deployment.start()
            try await FloodTests.publish(deployment, consumer)
            let count = FloodTests.places.count
            // Each alarm is raised, and the first tier is told of it.
            try await deployment.until("all events came", within: .seconds(60), every: .milliseconds(1)) {
                try consumer.listen(milliseconds: 20)
                let told = consumer.received.count { $0.topic.hasPrefix(FloodTests.escalationTopic) }
                return told >= count
                    && consumer.received.count { $0.topic.hasPrefix(FloodTests.eventTopic) } >= 2 * count
            }

            let events = try deployment.events()
            EventOrder.check(events)
            let own = events.filter { $0.topicSite.hasPrefix(FloodRegistry.prefix) }
            let raised = own.filter { $0.word == "raised" }
            #expect(raised.count == count)
            #expect(Set(raised.map(\.subject)) == Set(FloodTests.places.map(\.subject)))
            #expect(own.count { $0.word == "due enterprise" } == count)
            #expect(own.count == 2 * count)
            try FloodTests.checkAlarms(deployment)
            let heard = try FloodTests.heard(consumer)
            FloodTests.checkOrder(heard.map { $0.event }, own)
            let told = consumer.received.filter { $0.topic.hasPrefix(FloodTests.escalationTopic) }
            #expect(told.count { !$0.topic.hasSuffix("/_node") } == count, "FLOOD itself is told of beside them")

            let first = try #require(raised.first)
            #expect(first.subject == FloodTests.places[0].subject)
            let sources = FloodTests.registry.sites * FloodTests.registry.sourcesPerSite
            #expect(raised.count { $0.data.firstOut == $0.data.episode } == sources, "one first-out a hazard source")
            let figures = try deployment.hazardctl("kpi", "--from", "-1h")
            #expect(figures.text.contains("FIRST OUT") && figures.text.contains(first.subject), "\(figures)")
            FloodTests.checkLatency(heard, firstOut: first.subject)
            let verified = try deployment.hazardctl("verify")
            #expect(verified.code == 0, "\(verified)")
        }

        /// Publishes a value beyond its limit of every point, evenly over the time, with the consumer listening.
        private static func publish(_ deployment: Deployment, _ consumer: TimedConsumer) async throws {
            let gateway = try deployment.publisher()
            let began = Spine.now
            var published = 0
            func publish(upTo end: Int) throws {
                guard end > published else { return }
                let values = places[published..<end].map { "\"\($0.tag)\":9" }.joined(separator: ",")
                try gateway.publish(
                    "hazard/v1/gateways/\(FloodRegistry.gateway)/telemetry",
                    "{\"ts\":\(Spine.now),\"values\":{\(values)}}")
                published = end
            }
            try await during(.milliseconds(length), every: .milliseconds(1)) {
                try publish(upTo: min(places.count, Int((Spine.now - began) * Int64(places.count) / length)))
                try gateway.pump()
                try consumer.listen(milliseconds: 2)
            }
            try publish(upTo: places.count)
            try gateway.settle()
        }

        /// Every alarm stands, in the table and retained with the broker.
        private static func checkAlarms(_ deployment: Deployment) throws {
            let standing = try deployment.alarms().filter { $0.site?.hasPrefix(FloodRegistry.prefix) == true }
            #expect(standing.count == places.count)
            #expect(standing.allSatisfy { $0.state == "unacknowledged" && $0.condition == "H" })
            let late = try deployment.subscriber("hazard/v1/alarms/#")
            let isThere = try late.wait(milliseconds: 30_000) { received in
                received.count { $0.topic.hasPrefix(alarmTopic) } >= places.count
            }
            #expect(isThere, "\(late.received.count) alarms are retained")
            let topics = Set(late.received.filter { $0.retained && !$0.payload.isEmpty }.map(\.topic))
            let missing = places.count { !topics.contains("hazard/v1/alarms/\($0.subject)") }
            #expect(missing == 0, "\(missing) alarms are not retained")
        }

        /// The flood's events as the consumer got them, each with the time it came.
        private static func heard(_ consumer: TimedConsumer) throws -> [(event: EventRecord, at: Int64)] {
            try zip(consumer.received, consumer.arrivals).filter { $0.0.topic.hasPrefix(eventTopic) }.map {
                (event: try EventRecord(Data($0.0.payload)), at: $0.1)
            }
        }

        /// On every site's topic came what the log has of it, once and in order.
        private static func checkOrder(_ heard: [EventRecord], _ log: [EventRecord]) {
            let heardBySite = Dictionary(grouping: heard, by: \.topicSite).mapValues { $0.map(\.id) }
            let logBySite = Dictionary(grouping: log, by: \.topicSite).mapValues { $0.map(\.id) }
            #expect(logBySite.count == registry.sites)
            for (site, ids) in logBySite {
                let isSame = heardBySite[site] == ids
                #expect(isSame, "\(site): \(heardBySite[site]?.count ?? 0) of \(ids.count) events, or out of order")
            }
        }

        private static func checkLatency(_ heard: [(event: EventRecord, at: Int64)], firstOut: String) {
            let raised = heard.filter { $0.event.word == "raised" }
            let sinceReceipt = Latencies(raised.map { $0.at - $0.event.milliseconds })
            let sinceSource = Latencies(raised.map { $0.at - ($0.event.data.sampledAt ?? 0) })
            print(
                "flood: \(raised.count) alarms in \(length / 1_000) s, first-out \(firstOut);",
                "from receipt to the consumer \(sinceReceipt); from the gateway to the consumer \(sinceSource)")
            #expect(sinceReceipt.percentile(99) < bound, "\(sinceReceipt)")
            #expect(sinceSource.percentile(99) < bound, "\(sinceSource)")
        }
    }
}
