import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("Consumers on MQTT")
    struct FeedTests {
        private static let alarmTopic = "hazard/v1/alarms/shengli/LT-1/H"
        private static let statusTopic = "hazard/v1/nodes/\(Site.node)/status"
        private static let policies = """
            policies:
              default:
                tiers: [enterprise, township]
                climb: {critical: [0s], high: [0s, 1s], medium: [0s], low: [0s]}
            """
        private static let site = Site([PointRow("LT-1", ["H": "8", "priority": "H=high"])], policies: policies)

        @Test("find an alarm retained while it stands, each event once in order, and escalations by tier and area")
        func alarmOnTheAir() async throws {
            let deployment = try Deployment(FeedTests.site)
            try await deployment.start()
            let listener = try deployment.subscriber(
                "hazard/v1/events/shengli", "hazard/v1/escalations/+/\(Site.area)/#")
            let gateway = try deployment.publisher()
            try gateway.scan(at: Spine.now, ["LT-1": 9])
            let escalations = ["enterprise", "township"].map { "hazard/v1/escalations/\($0)/\(Site.area)/shengli" }
            try await deployment.until("both tiers are told", every: .milliseconds(10)) {
                try listener.pump(milliseconds: 100)
                return listener.received.filter { $0.topic.hasPrefix("hazard/v1/escalations/") }.count >= 2
            }
            #expect(
                listener.received.map(\.topic).filter { $0.hasPrefix("hazard/v1/escalations/") } == escalations)
            let standing = try #require(try deployment.retained("hazard/v1/alarms/#")[FeedTests.alarmTopic])
            #expect(standing.contains(#""state":"unacknowledged""#))

            let episode = try #require(try deployment.alarm("LT-1/H")?.episode)
            #expect(try deployment.hazardctl("acknowledge", episode).code == 0)
            try gateway.scan(at: Spine.now, ["LT-1": 5])
            try await deployment.until("the alarm's topic is empty") {
                try listener.pump(milliseconds: 50)
                return try deployment.retained("hazard/v1/alarms/shengli/#").isEmpty
            }
            try await FeedTests.checkEvents(deployment, listener)
        }

        /// What the events topic brought is the site's part of the log: in order, linked, nothing missing.
        private static func checkEvents(_ deployment: Deployment, _ listener: SubscribingClient) async throws {
            let log = try deployment.events().filter { $0.topicSite == "shengli" }
            try await deployment.until("all events came", every: .milliseconds(10)) {
                try listener.pump(milliseconds: 50)
                return listener.received.filter { $0.topic == "hazard/v1/events/shengli" }.count >= log.count
            }
            let heard = try listener.received.filter { $0.topic == "hazard/v1/events/shengli" }
                .map { try EventRecord(Data($0.payload)) }
            #expect(heard.map(\.id) == log.map(\.id))
            #expect(heard.dropFirst().map(\.previous) == heard.dropLast().map(\.sequence))
            let kinds = heard.filter(\.isAlarm).map(\.kind)
            #expect(kinds == ["raised", "acknowledged", "returned", "cleared"])
            #expect(
                heard.filter { $0.type == "hazard.escalation.due.v1" }.compactMap(\.data.tier) == [
                    "enterprise", "township",
                ])
        }

        @Test("are told by the content type that events and escalations are CloudEvents")
        func contentType() async throws {
            let deployment = try Deployment(FeedTests.site)
            try await deployment.start()
            // Line by line, and with its own words on what it does.
            let listener = try ChildProcess(
                "/usr/bin/stdbuf",
                [
                    "-oL", "mosquitto_sub", "-d", "-V", "mqttv5", "-h", "127.0.0.1", "-p", "\(deployment.broker.port)",
                    "-F", "%t %C", "-t", "hazard/v1/events/shengli", "-t", "hazard/v1/escalations/#",
                ], output: deployment.folder.file("mosquitto_sub.log"))
            try await deployment.until("it has subscribed") { listener.output.contains("Subscribed (mid: 1)") }
            let gateway = try deployment.publisher()
            try gateway.scan(at: Spine.now, ["LT-1": 9])
            let heard = { listener.output.split(separator: "\n").filter { $0.hasPrefix("hazard/v1/") } }
            try await deployment.until("both tiers are told") {
                try gateway.pump()
                return heard().filter { $0.hasPrefix("hazard/v1/escalations/") }.count >= 2
            }
            let lines = heard()
            #expect(lines.contains { $0.hasPrefix("hazard/v1/events/shengli ") })
            for line in lines { #expect(line.hasSuffix(" application/cloudevents+json")) }
        }

        @Test("see the node online, its heart beating, and offline by its will when it is killed")
        func nodeStatus() async throws {
            let deployment = try Deployment(FeedTests.site)
            let listener = try deployment.subscriber("hazard/v1/nodes/#")
            try await deployment.start()
            let beats = { listener.received.filter { $0.topic == "hazard/v1/nodes/\(Site.node)/heartbeat" } }
            try await deployment.until("two heartbeats came", within: .seconds(25), every: .milliseconds(10)) {
                try listener.pump(milliseconds: 200)
                return beats().count >= 2
            }
            #expect(beats().last?.text.contains(#""sequence":"#) == true)
            #expect(beats().last?.text.contains(#""received":"#) == true)
            #expect(try deployment.retained(FeedTests.statusTopic).values.first?.contains(#""online":true"#) == true)
            deployment.kill()
            try await deployment.until("the will is published") {
                try deployment.retained(FeedTests.statusTopic).values.first?.contains(#""online":false"#) == true
            }
            try await deployment.start()
            try await deployment.until("it is online again") {
                try deployment.retained(FeedTests.statusTopic).values.first?.contains(#""online":true"#) == true
            }
            #expect(deployment.terminate() == 0)
            #expect(try deployment.retained(FeedTests.statusTopic).values.first?.contains(#""online":false"#) == true)
        }

        @Test("find the standing alarms again at a broker that forgot everything")
        func forgetfulBroker() async throws {
            let deployment = try Deployment(FeedTests.site)
            try await deployment.start()
            let gateway = try deployment.publisher()
            try gateway.scan(at: Spine.now, ["LT-1": 9])
            try await deployment.until("the alarm is retained") {
                try deployment.retained("hazard/v1/alarms/#")[FeedTests.alarmTopic] != nil
            }
            deployment.broker.kill()
            try deployment.broker.restart(keepPersistence: false)
            try await deployment.until("the alarm is retained again", within: .seconds(30)) {
                try deployment.retained("hazard/v1/alarms/#")[FeedTests.alarmTopic] != nil
            }
        }
    }
}
