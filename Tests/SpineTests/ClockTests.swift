import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("Whatever a gateway's clock says")
    struct ClockTests {
        @Test("a clock ten minutes fast: the alarm is raised, never cleared by it, and the clock doubted")
        func fast() async throws {
            let (deployment, gateway) = try await ClockTests.start(PointRow("LT-1", ["H": "8"]))
            let offset: Int64 = 600_000
            let began = Spine.now
            for value in [5.0, 5.5, 9.0, 5.0] {
                try gateway.scan(at: Spine.now + offset, ["LT-1": value])
                try await during(.milliseconds(50))
            }
            try await ClockTests.untilStored(deployment, 4)
            #expect(try deployment.story(of: "LT-1/H") == ["raised"])
            #expect(try deployment.story(of: "gw1/CLOCK") == ["raised"])
            let stored = try deployment.query("LT-1", from: began, to: Spine.now)
            #expect(stored.map(\.value) == [5, 5.5, 9, 5], "shifted to the time of receipt")
            #expect(stored.allSatisfy { $0.quality & 0xC0 == 64 }, "uncertain")
        }

        @Test("a clock forty minutes slow: the alarm is raised and returns as if it were right, and the clock doubted")
        func slow() async throws {
            let (deployment, gateway) = try await ClockTests.start(PointRow("LT-1", ["H": "8"]))
            let offset: Int64 = -2_400_000
            for number in 0..<25 {
                try gateway.scan(at: Spine.now + offset, ["LT-1": number == 5 ? 9 : 5 + Double(number) / 100])
                try await during(.milliseconds(20))
            }
            try await ClockTests.untilStored(deployment, 25)
            #expect(try deployment.story(of: "LT-1/H") == ["raised", "returned"])
            #expect(try deployment.story(of: "gw1/CLOCK") == ["raised"])
        }

        @Test("a clock that stands still: another value at the same time raises, never clears, and is quarantined")
        func stuck() async throws {
            let (deployment, gateway) = try await ClockTests.start(PointRow("LT-1", ["H": "8"]))
            let stuckAt = Spine.now
            for value in [5.0, 5.1, 5.2, 9.0, 5.3] {
                try gateway.scan(at: stuckAt, ["LT-1": value])
            }
            try await ClockTests.untilReceived(deployment, 5)
            let status = try deployment.status()
            #expect(status.stored == 1)
            #expect(status.quarantined == 4)
            #expect(try deployment.story(of: "LT-1/H") == ["raised"])
            #expect(try deployment.story(of: "gw1/CLOCK") == ["raised"])
        }

        @Test("a clock set back an hour: doubted within its stale time, and evaluated live from there on")
        func steppedBack() async throws {
            let (deployment, gateway) = try await ClockTests.start(
                PointRow("LT-1", ["H": "8", "stale_after_s": "2"]))
            for _ in 0..<3 {
                try gateway.scan(at: Spine.now, ["LT-1": 5])
                try await during(.milliseconds(20))
            }
            let offset: Int64 = -3_600_000
            try await deployment.until("the step is noticed", within: .seconds(10), every: .milliseconds(100)) {
                try gateway.scan(at: Spine.now + offset, ["LT-1": 6])
                return try deployment.story(of: "gw1/CLOCK") == ["raised"]
            }
            for value in [9.0, 5.0] {
                try gateway.scan(at: Spine.now + offset, ["LT-1": value])
                try await during(.milliseconds(20))
            }
            try await deployment.until("the excursion is announced") {
                try deployment.story(of: "LT-1/H") == ["raised", "returned"]
            }
        }

        @Test("a backlog kept by the broker during a stop alarms as it happened, on-delay included")
        func backlog() async throws {
            let (deployment, gateway) = try await ClockTests.start(
                PointRow("LT-1", ["H": "8", "on_delay_s": "3"]))
            try gateway.scan(at: Spine.now, ["LT-1": 5])
            try await ClockTests.untilStored(deployment, 1)
            #expect(deployment.terminate() == 0)
            let seconds: Int64 = Spine.isLong ? 60 : 10
            let began = Spine.now
            var beyond: [Int64] = []
            var back: Int64?
            try await during(.seconds(seconds), every: .milliseconds(250)) {
                let time = Spine.now
                let isBeyond = (2_000..<8_000).contains(time - began)
                if isBeyond { beyond.append(time) }
                if !isBeyond, !beyond.isEmpty, back == nil { back = time }
                try gateway.scan(at: time, ["LT-1": isBeyond ? 9 : 5])
            }
            try gateway.settle()
            try await deployment.start()
            try await deployment.until("the excursion is announced") {
                try deployment.story(of: "LT-1/H") == ["raised", "returned"]
            }
            let events = try deployment.events().filter { $0.subject == "shengli/LT-1/H" && $0.isAlarm }
            let first = try #require(beyond.first)
            #expect(events.first?.data.sampledAt == beyond.first { $0 >= first + 3_000 })
            #expect(events.last?.data.sampledAt == back)
            #expect(try deployment.story(of: "gw1/CLOCK") == [], "a backlog is no slow clock")
        }

        private static func start(_ point: PointRow) async throws -> (Deployment, PublishingClient) {
            let deployment = try Deployment(Site([point]))
            try await deployment.start()
            return (deployment, try deployment.publisher())
        }

        private static func untilStored(_ deployment: Deployment, _ count: Int64) async throws {
            try await deployment.until("\(count) samples are stored") { try deployment.status().stored == count }
        }

        private static func untilReceived(_ deployment: Deployment, _ count: Int64) async throws {
            try await deployment.until("\(count) samples are received") { try deployment.status().received == count }
        }
    }
}
