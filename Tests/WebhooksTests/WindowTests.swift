import Alarms
import Telemetry
import Testing
import Webhooks

@Suite("The events of a target")
struct WindowTests {
    private var random = RandomState(seed: 1)
    private static let failure = WebhookAnswer.failed(.timeout, after: nil)

    private func window(
        _ subjects: [String], concurrency: Int = 4, pause: RetryPause = RetryPause()
    ) -> WebhookWindow {
        var window = WebhookWindow(cursor: 10, concurrency: concurrency, pause: pause)
        let events = subjects.enumerated().map { SampleEvent.make(11 + Int64($0.offset), subject: $0.element) }
        window.takeIn(events, through: 10 + Int64(subjects.count))
        return window
    }

    @Test("go out at once up to the concurrency, and the cursor follows once all before are delivered")
    mutating func concurrency() {
        var window = window(["s/A/H", "s/B/H", "s/C/H"], concurrency: 2)
        #expect(window.nextAttempt(at: 0)?.event.sequence == 11)
        #expect(window.nextAttempt(at: 0)?.event.sequence == 12)
        #expect(window.nextAttempt(at: 0) == nil)
        #expect(window.deadline == nil, "only an answer makes room")
        _ = window.answered(12, .delivered, at: 0, using: &random)
        #expect(window.cursor == 10)
        _ = window.answered(11, .delivered, at: 0, using: &random)
        #expect(window.cursor == 12)
        #expect(window.nextAttempt(at: 0)?.event.sequence == 13)
        _ = window.answered(13, .delivered, at: 0, using: &random)
        #expect(window.cursor == 13)
        #expect(window.isEmpty)
    }

    @Test("of one subject wait for an earlier one that is tried again, those of others do not")
    mutating func orderOfSubject() throws {
        var window = window(["s/A/H", "s/A/H", "s/B/H"])
        #expect(window.nextAttempt(at: 0)?.event.sequence == 11)
        #expect(window.nextAttempt(at: 0)?.event.sequence == 13, "12 waits for 11")
        _ = window.answered(11, WindowTests.failure, at: 0, using: &random)
        _ = window.answered(13, .delivered, at: 0, using: &random)
        #expect(window.cursor == 10)
        let due = try #require(window.deadline)
        #expect(window.nextAttempt(at: due - 1) == nil)
        let again = window.nextAttempt(at: due)
        #expect(again?.event.sequence == 11)
        #expect(again?.failures == 1)
        _ = window.answered(11, .delivered, at: due, using: &random)
        #expect(window.cursor == 11)
        #expect(window.nextAttempt(at: due)?.event.sequence == 12)
        _ = window.answered(12, .delivered, at: due, using: &random)
        #expect(window.cursor == 13)
    }

    @Test("that are refused for good are passed over")
    mutating func refused() {
        var window = window(["s/A/H", "s/A/H"])
        _ = window.nextAttempt(at: 0)
        _ = window.answered(11, .refused(reason: "status 400"), at: 0, using: &random)
        #expect(window.cursor == 11)
        #expect(window.nextAttempt(at: 0)?.event.sequence == 12)
    }

    @Test("that the target does not want move the cursor on, as soon as none before is left")
    mutating func unwanted() {
        var window = WebhookWindow(cursor: 0, concurrency: 1)
        window.takeIn([], through: 500)
        #expect(window.cursor == 500)
        window.takeIn([SampleEvent.make(700)], through: 900)
        #expect(window.cursor == 699)
        #expect(window.read == 900)
        _ = window.nextAttempt(at: 0)
        _ = window.answered(700, .delivered, at: 0, using: &random)
        #expect(window.cursor == 900)
    }

    @Test("wait in the store when a thousand are beyond the cursor")
    mutating func bound() {
        var window = window((0..<WebhookWindow.bound).map { "s/P-\($0)/H" }, concurrency: 64)
        #expect(window.room == 0)
        let first = window.nextAttempt(at: 0)?.event.sequence ?? 0
        while let attempt = window.nextAttempt(at: 0) {
            _ = window.answered(attempt.event.sequence, .delivered, at: 0, using: &random)
        }
        #expect(window.room == 0, "what is delivered beyond the cursor still counts")
        _ = window.answered(first, .delivered, at: 0, using: &random)
        #expect(window.room == WebhookWindow.bound)
    }

    @Test("wait as long as the target asks for, all of them")
    mutating func retryAfter() {
        var window = window(["s/A/H", "s/B/H"], concurrency: 1, pause: RetryPause(first: 1, longest: 1))
        _ = window.nextAttempt(at: 0)
        _ = window.answered(11, .failed(.status(429), after: 30_000), at: 1_000, using: &random)
        #expect(window.nextAttempt(at: 30_999) == nil)
        #expect(window.deadline == 31_000)
        #expect(window.nextAttempt(at: 31_000) != nil)
    }

    @Test("stay where they are once the target answers 410")
    mutating func gone() {
        var window = window(["s/A/H", "s/B/H"])
        _ = window.nextAttempt(at: 0)
        _ = window.answered(11, .gone, at: 0, using: &random)
        #expect(window.isGone)
        #expect(window.nextAttempt(at: .max) == nil)
        #expect(window.deadline == nil)
        #expect(window.cursor == 10)
    }

    @Test("that always fail do not keep the target shut for others")
    mutating func poison() throws {
        var window = window(["s/A/H"])
        var now: Int64 = 0
        while window.circuit.isClosed {
            now = max(now, try #require(window.deadline))
            #expect(window.nextAttempt(at: now)?.event.sequence == 11)
            _ = window.answered(11, .failed(.status(500), after: nil), at: now, using: &random)
        }
        window.takeIn([SampleEvent.make(12, subject: "s/B/H")], through: 12)
        now = 10_000_000
        #expect(window.nextAttempt(at: now)?.event.sequence == 12, "the one that has not failed yet tries")
        #expect(window.nextAttempt(at: now) == nil)
        #expect(window.answered(12, .delivered, at: now, using: &random) == .closed)
        #expect(window.nextAttempt(at: now)?.event.sequence == 11)
    }
}
