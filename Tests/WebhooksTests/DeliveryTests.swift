import Alarms
import Figures
import Settings
import Telemetry
import TestKit
import Testing
import Webhooks

extension Posting {
    @Suite("Events posted to a target")
    struct DeliveryTests {
        private static let subjects = ["shengli/LT-1/H", "shengli/LT-2/H", "shengli/LT-3/H"]

        @Test("arrive in both modes, signed with every secret, as independent programs read them")
        func messages() async throws {
            let receiver = try WebhookReceiver()
            let delivering = try Delivering()
            let secrets = [Delivering.secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLw=="]
            try delivering.webhooks.start([
                delivering.target("whole", at: receiver.url, secrets: secrets),
                delivering.target("parts", at: receiver.url, secrets: secrets) { $0.mode = .binary },
            ])
            for _ in 0..<10 { delivering.commit("shengli/LT-1/H", "_node/n1", "罐区 \"A\" 100%/泵/HH") }
            try await delivering.untilDone("whole")
            try await delivering.untilDone("parts")
            let received = try receiver.received()
            #expect(received.count == 60)
            let structured = received.filter { $0.headers["content-type"] == "application/cloudevents+json" }
            #expect(structured.map(\.body).sorted() == delivering.log.events(after: 0, limit: 30).map(\.body).sorted())
            let binary = received.filter { $0.headers["content-type"] == "application/json" }
            #expect(binary.count == 30)
            #expect(binary.allSatisfy { $0.headers["ce-specversion"] == "1.0" && $0.headers["ce-id"] == $0.id })
            print(try receiver.check("signatures", secrets: secrets))
            if try PythonPackage.isThere("cloudevents.core.bindings.http") { print(try receiver.check("cloudevents")) }
        }

        @Test("are tried again until they are taken, in order by subject, and those of other subjects go on")
        func retried() async throws {
            let receiver = try WebhookReceiver("\(DeliveryTests.subjects[0]) 3 status 503", "* * ok")
            let delivering = try Delivering()
            try delivering.webhooks.start([delivering.target("t", at: receiver.url)])
            for _ in 0..<20 { for subject in DeliveryTests.subjects { delivering.commit(subject) } }
            try await delivering.untilDone("t")
            let delivered = try receiver.delivered()
            #expect(delivered.count == 60)
            for subject in DeliveryTests.subjects {
                let wanted = delivering.log.events(after: 0, limit: 60).filter { $0.subject == subject }
                    .map { SampleEvent.identifier($0.sequence).description }
                #expect(delivered.filter { $0.body.contains(subject) }.map(\.id) == wanted)
            }
            #expect(try receiver.received().count == 63)
            #expect(delivering.figures("t").delivered == 60)
            #expect(delivering.figures("t").failures == [.server: 3])
            #expect(delivering.figures("t").retries == 3)
        }

        @Test(
            "survive a target that breaks off, is silent, redirects, or answers that it is busy",
            arguments: [
                "close", "stall 3", "redirect http://127.0.0.1:1/elsewhere", "status 429", "status 408", "status 500",
            ])
        func failures(behaviour: String) async throws {
            let receiver = try WebhookReceiver("* 2 \(behaviour)", "* * ok")
            let delivering = try Delivering()
            try delivering.webhooks.start([delivering.target("t", at: receiver.url) { $0.timeout = 400 }])
            delivering.commit("shengli/LT-1/H", "shengli/LT-1/H")
            try await delivering.untilDone("t")
            let ids = (1...2).map { SampleEvent.identifier($0).description }
            #expect(try receiver.delivered().map(\.id) == ids)
            #expect(try receiver.received().map(\.id) == [ids[0], ids[0], ids[0], ids[1]])
            #expect(try receiver.received().allSatisfy { $0.path == "/hook" }, "redirects are not followed")
            #expect(delivering.figures("t").failures.values.reduce(0, +) == 2)
        }

        @Test("that the target refuses for good are passed over, said to be so, and counted")
        func refused() async throws {
            let receiver = try WebhookReceiver("\(DeliveryTests.subjects[1]) * status 422", "* * ok")
            let delivering = try Delivering()
            try delivering.webhooks.start([delivering.target("t", at: receiver.url)])
            for _ in 0..<5 { for subject in DeliveryTests.subjects { delivering.commit(subject) } }
            try await delivering.untilDone("t")
            #expect(try receiver.received().count == 15, "nothing twice")
            #expect(delivering.figures("t").delivered == 10)
            #expect(delivering.figures("t").failures == [.refused: 5])
            #expect(delivering.lines.contain("webhook-refused"))
            #expect(delivering.lines.text.contains("status 422, \"the plan says so\""), "\(delivering.lines.text)")
        }

        @Test("wait as long as the target asks for", arguments: ["wait 429 1", "date 503 2"])
        func retryAfter(behaviour: String) async throws {
            let receiver = try WebhookReceiver("* 1 \(behaviour)", "* * ok")
            let delivering = try Delivering()
            try delivering.webhooks.start([delivering.target("t", at: receiver.url) { $0.concurrency = 1 }])
            delivering.commit("shengli/LT-1/H", "shengli/LT-2/H")
            try await delivering.untilDone("t")
            let received = try receiver.received()
            #expect(received.count == 3)
            // A date has no fractions of a second.
            #expect(received.count == 3 && received[1].at - received[0].at >= 990)
        }

        @Test("stop at 410, and go on where they stopped after a reload")
        func gone() async throws {
            let receiver = try WebhookReceiver("* 1 ok", "* * status 410")
            let delivering = try Delivering()
            let target = try delivering.target("t", at: receiver.url) { $0.concurrency = 1 }
            try delivering.webhooks.start([target])
            delivering.commit("shengli/LT-1/H", "shengli/LT-1/H", "shengli/LT-2/H")
            try await eventually(within: .seconds(60), "the target is left alone") { delivering.figures("t").isGone }
            #expect(delivering.lines.contain("webhook-gone"))
            delivering.commit("shengli/LT-3/H")
            try await during(.milliseconds(500))
            #expect(try receiver.received().count == 2, "nothing more is sent")
            #expect(delivering.figures("t").cursor == 1)
            try receiver.behave("* * ok")
            delivering.webhooks.adopt([target])
            try await delivering.untilDone("t")
            #expect(try Set(receiver.delivered().map(\.id)).count == 4)
            #expect(!delivering.figures("t").isGone)
        }
    }
}
