import Figures
import Settings
import Telemetry
import TestKit
import Testing
import Webhooks

extension Posting {
    @Suite("Webhook targets")
    struct TargetTests {
        @Test("that are new begin at the newest event, known ones where they were")
        func origin() async throws {
            let receiver = try WebhookReceiver()
            let delivering = try Delivering(MemoryLog(100))
            delivering.log.set("webhook/known", to: 97)
            try delivering.webhooks.start([
                delivering.target("new", at: receiver.url + "?new"),
                delivering.target("known", at: receiver.url + "?known"),
            ])
            #expect(delivering.log.cursor("webhook/new") == 100, "kept before anything else happens")
            delivering.commit("shengli/LT-1/H")
            try await delivering.untilDone("new")
            try await delivering.untilDone("known")
            let received = try receiver.received()
            let ids = { (range: ClosedRange<Int64>) in range.map { SampleEvent.identifier($0).description } }
            #expect(received.filter { $0.path == "/hook?new" }.map(\.id) == ids(101...101))
            #expect(received.filter { $0.path == "/hook?known" }.map(\.id) == ids(98...101))
        }

        @Test("get the types, sites and areas they ask for, and nothing else")
        func filter() async throws {
            let receiver = try WebhookReceiver()
            let delivering = try Delivering()
            let areas = [
                "shengli": ["dongying", "kenli", "shengtuo"], "dongxin": ["dongying", "kenlix"], "far": ["jinan"],
            ]
            try delivering.webhooks.start([
                delivering.target("t", at: receiver.url, areas: areas) {
                    $0.types = [EventTypePattern("hazard.escalation.*")].compactMap { $0 }
                    $0.sites = ["_node"]
                    $0.areas = [["dongying", "kenli"]]
                }
            ])
            for type in ["hazard.escalation.due.v1", "hazard.alarm.raised.v1"] {
                delivering.commit(
                    "shengli/LT-1/H", "dongxin/LT-1/H", "far/LT-1/H", "_node/n1", "_gateways/g/OFFLINE", type: type)
            }
            try await delivering.untilDone("t")
            #expect(
                try Set(receiver.received().map(\.id)) == Set([1, 4].map { SampleEvent.identifier($0).description }))
        }

        @Test("that take nothing are tried with one message at a time, and get everything once they are back")
        func circuit() async throws {
            let receiver = try WebhookReceiver("* * status 500")
            let delivering = try Delivering()
            try delivering.webhooks.start([delivering.target("t", at: receiver.url)])
            for number in 0..<200 { delivering.commit("shengli/LT-\(number)/H") }
            try await eventually(within: .seconds(60), "the circuit is open") { delivering.figures("t").isCircuitOpen }
            #expect(delivering.lines.contain("webhook-failing"))
            receiver.stop()
            try await eventually(within: .seconds(60), "connections are refused") {
                (delivering.figures("t").failures[.connection] ?? 0) > 2
            }
            #expect(try receiver.received().count < 100, "not every event has to find out")
            try receiver.behave("* * ok")
            try receiver.start()
            try await delivering.untilDone("t")
            #expect(try Set(receiver.delivered().map(\.id)).count == 200)
            #expect(!delivering.figures("t").isCircuitOpen)
            #expect(delivering.lines.contain("webhook-recovered"))
        }

        @Test("that are far behind are spoken of, and lose nothing")
        func behind() async throws {
            let receiver = try WebhookReceiver()
            receiver.stop()
            let delivering = try Delivering(MemoryLog(100_300))
            delivering.log.set("webhook/t", to: 100)
            try delivering.webhooks.start([
                delivering.target("t", at: receiver.url) {
                    $0.types = [EventTypePattern("hazard.node.*")].compactMap { $0 }
                },
                delivering.target("u", at: receiver.url),
            ])
            try await eventually(within: .seconds(60), "it is said") { delivering.lines.contain("webhook-behind") }
            #expect(delivering.lines.text.contains("webhook t is 100200 events behind"), "\(delivering.lines.text)")
            #expect(!delivering.lines.text.contains("webhook u"), "a new target is not behind")
            try await delivering.untilDone("t")
        }

        @Test("that are slow hold up no other")
        func slow() async throws {
            let slow = try WebhookReceiver("* * stall 60")
            let fast = try WebhookReceiver()
            let delivering = try Delivering()
            try delivering.webhooks.start([
                delivering.target("slow", at: slow.url) { $0.timeout = 60_000 },
                delivering.target("fast", at: fast.url),
            ])
            for number in 0..<1_500 { delivering.commit("shengli/LT-\(number)/H") }
            try await delivering.untilDone("fast")
            #expect(delivering.figures("slow").cursor == 0)
            #expect(try slow.received().count == 4, "as many as may be under way")
        }

        @Test("can be added, changed and taken away while events go out, and no event is missed")
        func changed() async throws {
            let first = try WebhookReceiver()
            let second = try WebhookReceiver()
            let delivering = try Delivering()
            try delivering.webhooks.start([delivering.target("a", at: first.url)])
            for number in 0..<300 {
                delivering.commit("shengli/LT-\(number)/H")
                if number == 100 {
                    try delivering.webhooks.adopt([
                        delivering.target("a", at: second.url), delivering.target("b", at: second.url + "?b"),
                    ])
                }
            }
            try await delivering.untilDone("a")
            try await delivering.untilDone("b")
            let ids = try Set((first.delivered() + second.delivered()).filter { $0.path == "/hook" }.map(\.id))
            #expect(ids.count == 300, "moved from one address to the other without a gap")
            delivering.webhooks.adopt([])
            let before = try second.received().count
            delivering.commit("shengli/LT-1/H")
            try await during(.milliseconds(300))
            #expect(try second.received().count == before)
            #expect(delivering.board.current.webhooks.isEmpty)
        }

        @Test("get what was committed last before the end")
        func farewell() async throws {
            let receiver = try WebhookReceiver()
            let delivering = try Delivering()
            try delivering.webhooks.start([delivering.target("t", at: receiver.url)])
            delivering.commit("_node/n1")
            await delivering.stop()
            #expect(try receiver.delivered().count == 1)
            #expect(delivering.log.cursor("webhook/t") == 1)
        }

        @Test(
            "are spoken to over TLS if their certificate descends from the authority that is named, and else not at all"
        )
        func encrypted() async throws {
            let authority = try TestAuthority()
            let receiver = try WebhookReceiver(certificate: (authority.certificateFile, authority.keyFile))
            let delivering = try Delivering()
            try delivering.webhooks.start([
                delivering.target("trusted", at: receiver.url) { $0.caFile = authority.caFile },
                delivering.target("strange", at: receiver.url),
            ])
            delivering.commit("shengli/LT-1/H")
            try await delivering.untilDone("trusted")
            try await eventually(within: .seconds(60), "the other is refused") {
                delivering.figures("strange").failures[.connection] != nil
            }
            #expect(try receiver.received().count == 1)
            #expect(delivering.figures("strange").cursor == 0)
        }
    }
}
