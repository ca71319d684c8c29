import Alarms
import Telemetry
import Testing
import Webhooks

/// A target and its courier on virtual time: a log that grows, answers at random, and kills after which delivery goes on
/// from the cursor that was last kept. Checks with every step what must hold of any delivery.
struct SimulatedTarget {
    private struct Flight {
        let event: Event
        let endsAt: Int64
    }

    private let log: [Event]
    /// How many events there are at a time: they come bit by bit.
    private var length = 0
    private var random: RandomState
    private var window: WebhookWindow
    private var flights: [Flight] = []
    private var now: Int64 = 0
    private var kept: Int64 = 0
    /// By sequence, over all lives.
    private(set) var delivered: [Int64: Int] = [:]
    private(set) var refused: Set<Int64> = []
    /// The answer came, too: nothing more is to be done about them.
    private var settled: Set<Int64> = []
    private(set) var kills = 0
    private(set) var wasOpen = false
    private(set) var wasFull = false
    private let concurrency: Int
    /// How bad the target is just now, in 0 ... 1.
    private var badness = 0.0
    private let refusesForGood: Bool

    init(seed: UInt64, events: Int, subjects: Int) {
        var random = RandomState(seed: seed)
        log = (1...events).map { number in
            SampleEvent.make(Int64(number), subject: "s/P-\(Int.random(in: 0..<subjects, using: &random))/H")
        }
        concurrency = .random(in: 1...8, using: &random)
        refusesForGood = Bool.random(using: &random)
        self.random = random
        window = WebhookWindow(cursor: 0, concurrency: concurrency)
    }

    private var isDone: Bool { length == log.count && window.cursor == Int64(log.count) }

    /// Runs until everything is settled.
    mutating func run() {
        var steps = 0
        while !isDone {
            steps += 1
            guard steps < 500_000 else {
                Issue.record("no end: cursor \(window.cursor) of \(log.count) at \(now) ms")
                return
            }
            grow()
            fill()
            launch()
            check()
            advance()
            if random.unit() < 0.001 { kill() }
            if random.unit() < 0.01 { badness = random.unit() < 0.3 ? 1 : random.unit() * 0.5 }
        }
    }

    private mutating func grow() {
        length = min(log.count, length + .random(in: 0...3, using: &random))
    }

    private mutating func fill() {
        while window.room > 0, window.read < Int64(length) {
            let page = log[Int(window.read)..<min(length, Int(window.read) + min(200, window.room))]
            window.takeIn(Array(page), through: page.last?.sequence ?? window.read)
        }
        wasFull = wasFull || window.room == 0
    }

    private mutating func launch() {
        while let attempt = window.nextAttempt(at: now) {
            let event = attempt.event
            SimulatedTarget.hold(
                !flights.contains { $0.event.subject == event.subject }, "two of one subject under way")
            let earlier = log[Int(window.cursor)..<Int(event.sequence - 1)].filter { $0.subject == event.subject }
            SimulatedTarget.hold(
                earlier.allSatisfy { settled.contains($0.sequence) }, "\(event.sequence) before an earlier one")
            flights.append(Flight(event: event, endsAt: now + .random(in: 1...2_000, using: &random)))
        }
        wasOpen = wasOpen || !window.circuit.isClosed
    }

    private func check() {
        SimulatedTarget.hold(flights.count <= concurrency, "\(flights.count) under way")
        SimulatedTarget.hold(flights.count == window.attemptsUnderWay, "\(window.attemptsUnderWay) under way")
        SimulatedTarget.hold(
            window.read - window.cursor <= Int64(WebhookWindow.bound), "\(window.read - window.cursor) in the window")
        for event in log[..<Int(window.cursor)].suffix(50) {
            SimulatedTarget.hold(settled.contains(event.sequence), "the cursor passed event \(event.sequence)")
        }
    }

    /// As `#expect` does, which would take most of the time here.
    private static func hold(_ condition: Bool, _ text: @autoclosure () -> String) {
        if !condition { Issue.record("\(text())") }
    }

    /// Lets time pass to the next answer or deadline, whichever comes first.
    private mutating func advance() {
        let answer = flights.indices.min { flights[$0].endsAt < flights[$1].endsAt }
        let deadline = window.deadline.map { max($0, now) }
        if let answer, deadline.map({ flights[answer].endsAt <= $0 }) ?? true {
            let flight = flights.remove(at: answer)
            now = max(now, flight.endsAt)
            take(flight.event)
        } else if let deadline {
            now = deadline
        } else {
            SimulatedTarget.hold(window.isEmpty, "nothing to wait for, and yet \(window.cursor) is not \(window.read)")
        }
        if random.unit() < 0.05 { kept = window.cursor }
    }

    private mutating func take(_ event: Event) {
        let answer: WebhookAnswer
        if refusesForGood, event.sequence % 97 == 0 {
            refused.insert(event.sequence)
            settled.insert(event.sequence)
            answer = .refused(reason: "status 422")
        } else if random.unit() < badness {
            let wait: Int64? = random.unit() < 0.1 ? .random(in: 0...60_000, using: &random) : nil
            // Some of them arrive all the same: only the answer is lost.
            if random.unit() < 0.2 { delivered[event.sequence, default: 0] += 1 }
            answer = .failed(random.unit() < 0.5 ? .timeout : .status(503), after: wait)
        } else {
            delivered[event.sequence, default: 0] += 1
            settled.insert(event.sequence)
            answer = .delivered
        }
        _ = window.answered(event.sequence, answer, at: now, using: &random)
    }

    private mutating func kill() {
        kills += 1
        flights = []
        window = WebhookWindow(cursor: kept, concurrency: concurrency)
    }
}
