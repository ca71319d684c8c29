import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("An operator's command")
    struct CommandTests {
        private static let latched = PointRow("LT-1", ["H": "8", "latching": "true"])

        @Test("acknowledges and resets through the control socket, in the name of the user who gave it")
        func controlSocket() async throws {
            let deployment = try Deployment(Site([CommandTests.latched]))
            try await deployment.start()
            let gateway = try deployment.publisher()
            let episode = try await CommandTests.raise(deployment, gateway)
            try gateway.scan(at: Spine.now, ["LT-1": 5])
            try await deployment.until("it has returned, latched") {
                try deployment.alarm("LT-1/H")?.state == "latched_unacknowledged"
            }
            let early = try deployment.hazardctl("reset", episode)
            #expect(early.code == 1, "not acknowledged yet: \(early)")

            let acknowledged = try deployment.hazardctl("acknowledge", episode, "--comment", "valve closed")
            #expect(acknowledged.code == 0, "\(acknowledged)")
            let event = try #require(deployment.events().last { $0.type == "hazard.alarm.acknowledged.v1" })
            #expect(event.data.actor?.contains(NSUserName()) == true, "the actor is \(event.data.actor ?? "nobody")")
            #expect(event.data.comment == "valve closed")
            #expect(try deployment.hazardctl("acknowledge", episode).code == 1, "there is nothing left to acknowledge")

            let reset = try deployment.hazardctl("reset", episode)
            #expect(reset.code == 0, "\(reset)")
            #expect(try deployment.story(of: "LT-1/H") == ["raised", "returned", "acknowledged", "reset", "cleared"])
            #expect(try deployment.hazardctl("acknowledge", "01JD0000000000000000000000").code == 1)
        }

        @Test("over MQTT is answered under its own id and carried out once, however often it comes")
        func mqtt() async throws {
            let deployment = try Deployment(Site([CommandTests.latched], settings: ["commands: {mqtt: true}"]))
            try await deployment.start()
            let gateway = try deployment.publisher()
            let episode = try await CommandTests.raise(deployment, gateway)
            let listener = try deployment.subscriber("hazard/v1/replies/wang")
            let operatorDesk = try deployment.publisher("desk")
            for count in 1...2 {
                try operatorDesk.publish("hazard/v1/commands/wang", CommandTests.acknowledge("c-17", episode))
                try await deployment.until("reply \(count) came", every: .milliseconds(10)) {
                    try operatorDesk.pump()
                    try listener.pump(milliseconds: 50)
                    return listener.received.count >= count
                }
            }
            let replies = listener.received.map(\.text)
            #expect(replies.allSatisfy { $0.contains(#""id":"c-17""#) }, "\(replies)")
            #expect(replies.first?.contains(#""outcome":"done""#) == true, "\(replies)")
            #expect(replies.last?.contains(#""outcome":"repeated""#) == true, "\(replies)")
            let acknowledged = try deployment.events().filter { $0.kind == "acknowledged" }
            #expect(acknowledged.map(\.data.actor) == ["wang"])
        }

        @Test("that the broker retained is refused, however it reaches the daemon", arguments: [true, false])
        func retained(isBeforeSubscription: Bool) async throws {
            let deployment = try Deployment(Site([CommandTests.latched]))
            try await deployment.start()
            let episode = try await CommandTests.raise(deployment, try deployment.publisher())
            #expect(deployment.terminate() == 0)
            let listener = try deployment.subscriber("hazard/v1/replies/wang")
            let operatorDesk = try deployment.publisher("desk")
            let command = CommandTests.acknowledge("c-18", episode)
            if isBeforeSubscription {
                try operatorDesk.publish("hazard/v1/commands/wang", command, retain: true)
                try operatorDesk.settle()
            }
            deployment.site.settings = ["commands: {mqtt: true}"]
            try deployment.writeConfiguration()
            try await deployment.start()
            if !isBeforeSubscription {
                try await deployment.until("the feed is connected") { deployment.log.contains("feed-connected") }
                try await during(.milliseconds(500))
                try operatorDesk.publish("hazard/v1/commands/wang", command, retain: true)
                try operatorDesk.settle()
            }
            try await deployment.until("the reply came", every: .milliseconds(10)) {
                try listener.pump(milliseconds: 50)
                return !listener.received.isEmpty
            }
            #expect(listener.received.first?.text.contains(#""outcome":"refused""#) == true)
            #expect(try deployment.alarm("LT-1/H")?.state == "unacknowledged")
        }

        private static func raise(_ deployment: Deployment, _ gateway: PublishingClient) async throws -> String {
            try gateway.scan(at: Spine.now, ["LT-1": 9])
            var episode: String?
            try await deployment.until("the alarm stands") {
                episode = try deployment.alarm("LT-1/H")?.episode
                return episode != nil
            }
            return try #require(episode)
        }

        private static func acknowledge(_ id: String, _ episode: String) -> String {
            "{\"id\":\"\(id)\",\"command\":\"acknowledge\",\"episode\":\"\(episode)\",\"comment\":\"seen\"}"
        }
    }
}
