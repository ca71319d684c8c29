import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("Webhooks")
    struct WebhookTests {
        private static let secret = "whsec_c3BpbmUgdGVzdHM6IGEgc2VjcmV0IG9mIDMyIGJ5dGVz"
        private static let kills = Spine.isLong ? 20 : 5
        /// What a receiver does in one life of the daemon and another.
        private static let moods = [
            ["* 4 status 503", "* * ok"], ["* 3 close", "* * ok"], ["* 2 wait 429 1", "* * ok"], ["* * ok"],
            ["* 6 stall 2", "* * ok"],
        ]

        /// A deployment with these targets, each `NAME: settings`, and their secret.
        private static func deployment(_ targets: String..., settings: [String] = []) throws -> Deployment {
            let deployment = try Deployment(
                Site(NumberedTelemetry.points, settings: ["webhooks:"] + targets + settings))
            try write(secret, to: "duty.secret", of: deployment)
            return deployment
        }

        private static func write(_ secret: String, to name: String, of deployment: Deployment) throws {
            let file = try deployment.folder.write(secret + "\n", to: name)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }

        private static func line(_ name: String, _ url: String, _ more: String = "") -> String {
            "  - {name: \(name), url: \"\(url)\", secret_file: duty.secret\(more)}"
        }

        @Test("bring every event at least once, in order by subject, signed, whenever the daemon is killed")
        func kills() async throws {
            let receiver = try WebhookReceiver()
            let deployment = try WebhookTests.deployment(
                WebhookTests.line("duty", receiver.url + "/whole", ", timeout_s: 1"),
                WebhookTests.line(
                    "alarms", receiver.url + "/parts", ", mode: binary, types: [\"hazard.alarm.*\"], timeout_s: 1"))
            try await deployment.start()
            let telemetry = NumberedTelemetry(try deployment.publisher())
            for life in 0..<WebhookTests.kills {
                try receiver.behave(WebhookTests.moods[life % WebhookTests.moods.count])
                try await WebhookTests.publish(telemetry, for: .milliseconds(.random(in: 300...1_800)))
                deployment.kill()
                try await WebhookTests.publish(telemetry, for: .milliseconds(.random(in: 0...200)))
                try deployment.launch()
            }
            try receiver.behave(["* * ok"])
            try await WebhookTests.publish(telemetry, for: .seconds(1))
            try telemetry.client.settle()
            let last = try #require(telemetry.times.last)
            try await deployment.until("the last sample is stored", within: .seconds(60)) {
                try !deployment.query("LT-901", from: last, to: last).isEmpty
            }
            try await WebhookTests.check(receiver, deployment)
        }

        private static func publish(_ telemetry: NumberedTelemetry, for duration: Duration) async throws {
            try await during(duration, every: .milliseconds(1)) {
                for _ in 0..<3 { try telemetry.publishNext() }
            }
        }

        private static func check(_ receiver: WebhookReceiver, _ deployment: Deployment) async throws {
            let to = { (path: String) in try receiver.delivered().filter { $0.path == "/hook/" + path } }
            try await deployment.until("exactly the events of the log are delivered, to the byte", within: .seconds(60))
            {
                let bodies = Set(try deployment.rows("SELECT body FROM event").map { String($0) })
                return try Set(to("whole").map(\.body)) == bodies
            }
            let events = try deployment.events()
            let alarms = events.filter(\.isAlarm)
            try #require(alarms.count > 10)
            try await deployment.until("every alarm's events are") {
                try Set(to("parts").map(\.id)).count >= alarms.count
            }
            let (whole, parts) = (try to("whole"), try to("parts"))
            #expect(parts.allSatisfy { $0.headers["ce-type"]?.hasPrefix("hazard.alarm.") == true })
            checkOrder(whole, events)
            checkOrder(parts, alarms)
            print("webhooks: \(kills) kills, \(events.count) events in \(whole.count) deliveries,")
            print("  \(alarms.count) of alarms in \(parts.count)")
            print(try receiver.check("signatures", secrets: [secret]))
            if try PythonPackage.isThere("cloudevents.core.bindings.http") { print(try receiver.check("cloudevents")) }
            try await deployment.until("the cursors stand at the end") {
                let list = try deployment.hazardctl("webhooks", "--format", "json")
                return list.text.components(separatedBy: #""lag":0"#).count == 3
            }
        }

        /// Without what came again, the events and no other, those of each subject in the order of the log.
        private static func checkOrder(_ taken: [WebhookRequest], _ events: [EventRecord]) {
            let sequences = Dictionary(uniqueKeysWithValues: events.map { ($0.id, $0) })
            #expect(Set(taken.map(\.id)).isSuperset(of: events.map(\.id)))
            var known: Set<String> = []
            var last: [String: Int64] = [:]
            for request in taken where known.insert(request.id).inserted {
                guard let event = sequences[request.id] else { continue }
                #expect(event.number > last[event.subject] ?? 0, "\(event.subject): \(event.sequence) came late")
                last[event.subject] = event.number
            }
        }

        @Test("get the last event before a stop, and nothing again after it")
        func stop() async throws {
            let receiver = try WebhookReceiver()
            let deployment = try WebhookTests.deployment(WebhookTests.line("a", receiver.url))
            for life in 1...2 {
                try await deployment.start()
                let gateway = try deployment.publisher("gateway-\(life)")
                let now = Spine.now
                try gateway.scan(at: now, ["LT-901": 9])
                try gateway.scan(at: now + 1, ["LT-901": 5])
                try gateway.settle()
                try await deployment.until("the alarm's events are committed") {
                    try deployment.story(of: "LT-901/H").count == 2 * life
                }
                #expect(deployment.terminate() == 0)
            }
            let events = try deployment.events()
            #expect(events.last?.type == "hazard.node.stopped.v1")
            #expect(try receiver.received().map(\.id).sorted() == events.map(\.id).sorted())
        }

        @Test("are added, changed and taken away by SIGHUP, show in the metrics, and can be tried")
        func reload() async throws {
            let first = try WebhookReceiver()
            let second = try WebhookReceiver("* 1 status 400", "* * ok")
            let port = try FreePort.find()
            let deployment = try WebhookTests.deployment(
                WebhookTests.line("a", first.url), settings: ["http: {listen: \"127.0.0.1:\(port)\"}"])
            try await deployment.start()
            try await deployment.until("the start is told") { try first.delivered().count >= 2 }

            deployment.site.settings = [
                "webhooks:", WebhookTests.line("a", second.url), WebhookTests.line("b", second.url + "/b"),
                "http: {listen: \"127.0.0.1:\(port)\"}",
            ]
            try deployment.writeConfiguration()
            deployment.reload()
            try await deployment.until("it is reloaded") { deployment.log.contains("reloaded:") }
            let before = try first.received().count
            let gateway = try deployment.publisher()
            let now = Spine.now
            for (place, value) in [9.0, 5, 9, 5].enumerated() {
                try gateway.scan(at: now + Int64(place), ["LT-901": value])
            }
            try await deployment.until("both targets have the alarm's events") {
                let taken = try second.delivered().filter { $0.body.contains("shengli/LT-901/H") }
                return Set(taken.map(\.path)) == ["/hook", "/hook/b"]
            }
            #expect(try first.received().count == before, "nothing goes to the old address")
            #expect(!deployment.log.contains("reload-partial"))
            #expect(deployment.log.contains("webhook-refused"))
            try await deployment.until("the metrics tell of it") {
                let page = try WebhookTests.metrics(deployment, port)
                return page.contains(#"hazardd_webhook_lag_events{webhook="b"} 0"#)
                    && page.contains(#"kind="refused"} 1"#)
            }

            let tried = try deployment.hazardctl("webhooks", "test", "a")
            #expect(tried.code == 0 && tried.text.contains("answers 200"), "\(tried)")
            #expect(try second.received().last?.body.contains("hazard.webhook.test.v1") == true)
            try second.behave(["* * status 500"])
            #expect(try deployment.hazardctl("webhooks", "test", "b").code == 1)
            second.stop()
            #expect(try deployment.hazardctl("webhooks", "test", "b").code == 69)
            #expect(try deployment.hazardctl("webhooks", "test", "c").errors.contains("valid: a, b"))

            deployment.site.settings = []
            try deployment.writeConfiguration()
            deployment.reload()
            try await deployment.until("the targets are gone") {
                try !WebhookTests.metrics(deployment, port).contains("hazardd_webhook")
            }
        }

        @Test("are refused with a secret that everybody may read, by check and by the daemon")
        func refusedSecret() throws {
            let deployment = try WebhookTests.deployment(WebhookTests.line("a", "https://duty.example/"))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: deployment.folder.file("duty.secret"))
            let check = try deployment.hazardctl("check")
            #expect(check.code == 78, "\(check)")
            #expect((check.text + check.errors).contains("webhooks[0].secret_file"), "\(check)")
            #expect((check.text + check.errors).contains("chmod 600"), "\(check)")
            #expect(
                try deployment.run("hazardd", ["--config", deployment.settingsFile], within: .seconds(10)).code == 78)
        }

        private static func metrics(_ deployment: Deployment, _ port: UInt16) throws -> String {
            let child = try ChildProcess(
                "/usr/bin/curl", ["-s", "http://127.0.0.1:\(port)/metrics"],
                output: deployment.folder.file("metrics-\(UUID().uuidString)"))
            child.wait()
            return child.output
        }
    }
}
