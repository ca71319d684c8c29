package import Alarms
package import Telemetry

/// The events of one target beyond its cursor: which may be sent now, which wait for an earlier one of their subject or
/// for their next try, and how far the cursor may go.
///
/// Events of one subject are sent one after the other, in order; those of others meanwhile. What is delivered beyond the
/// cursor is remembered, within a bound, so that a restart repeats no more than that.
package struct WebhookWindow: Sendable {
    /// The most events beyond the cursor; further ones wait in the store.
    package static let bound = 1_000

    /// An event to be sent now.
    package struct Attempt: Sendable {
        package let event: Event
        /// Attempts before this one.
        package let failures: Int
    }

    private struct Entry {
        let sequence: Int64
        /// Nil once nothing more is to be done about it.
        var event: Event?
        var failures = 0
    }

    /// Every wanted event up to here is delivered or passed over.
    package private(set) var cursor: Int64
    /// The last event that was looked at.
    package private(set) var read: Int64
    package private(set) var circuit: Circuit
    /// Whether the target wants no more.
    package private(set) var isGone = false
    private let concurrency: Int
    private let pause: RetryPause
    /// In order of sequence.
    private var entries: [Entry] = []
    /// What is not settled, by subject and in order: only the first of each may be sent.
    private var lines: [String: [Int64]] = [:]
    /// May be sent now as far as its subject goes, in order.
    private var ready: [Int64] = []
    /// When a failed event may be sent again, on the monotonic clock.
    private var retries: [Int64: Int64] = [:]
    private var underWay: Set<Int64> = []
    private var probe: Int64?
    /// Before then the target asked for nothing to be sent.
    private var quietUntil = Int64.min

    package init(cursor: Int64, concurrency: Int, pause: RetryPause = RetryPause()) {
        self.cursor = cursor
        read = cursor
        self.concurrency = concurrency
        self.pause = pause
        circuit = Circuit(pause: pause)
    }

    /// How many more events it can take in.
    package var room: Int { max(0, WebhookWindow.bound - entries.count) }
    package var isEmpty: Bool { entries.isEmpty }
    package var attemptsUnderWay: Int { underWay.count }

    /// Takes in a page of the log.
    /// - Parameters:
    ///   - events: those of it that the target wants, `room` at most.
    ///   - last: where the page ends.
    package mutating func takeIn(_ events: [Event], through last: Int64) {
        for event in events {
            entries.append(Entry(sequence: event.sequence, event: event))
            lines[event.subject, default: []].append(event.sequence)
            if lines[event.subject]?.count == 1 { ready.append(event.sequence) }
        }
        read = max(read, last)
        moveCursor()
    }

    /// The next event to send, which counts as under way from then on; nil if none may be sent now.
    package mutating func nextAttempt(at now: Int64) -> Attempt? {
        guard !isGone, underWay.count < concurrency, now >= quietUntil else { return nil }
        for (sequence, due) in retries where due <= now { makeReady(sequence) }
        let permit = circuit.permit(at: now)
        guard permit != .none, let first = ready.indices.first else { return nil }
        // What failed least often tries whether the target is back: a message that always fails must not keep it shut.
        let place =
            permit == .any ? first : ready.indices.min { failures(ready[$0]) < failures(ready[$1]) } ?? first
        let sequence = ready.remove(at: place)
        guard let entry = index(of: sequence), let event = entries[entry].event else { return nil }
        if permit == .probe {
            circuit.probed()
            probe = sequence
        }
        underWay.insert(sequence)
        return Attempt(event: event, failures: entries[entry].failures)
    }

    /// When there may be something to send next, on the monotonic clock; nil while only an answer or an event can bring
    /// that about.
    package var deadline: Int64? {
        guard !isGone, underWay.count < concurrency, let earliest = ready.isEmpty ? retries.values.min() : quietUntil
        else { return nil }
        switch circuit.state {
        case .closed: return max(earliest, quietUntil)
        case .open(let until): return max(earliest, until, quietUntil)
        case .halfOpen: return nil
        }
    }

    /// What became of an attempt.
    /// - Returns: what it changed about the circuit.
    package mutating func answered(
        _ sequence: Int64, _ answer: WebhookAnswer, at now: Int64, using random: inout RandomState
    ) -> Circuit.Change {
        guard underWay.remove(sequence) != nil, let place = index(of: sequence) else { return .none }
        let isProbe = probe == sequence
        if isProbe { probe = nil }
        switch answer {
        case .delivered, .refused:
            settle(place)
            let change = circuit.succeeded()
            // Whoever waits for its next try need wait no longer: the target is back.
            if change == .closed { for sequence in retries.keys { makeReady(sequence) } }
            return change
        case .failed(_, let wait):
            entries[place].failures += 1
            let length = pause.length(after: entries[place].failures, using: &random)
            retries[sequence] = now + max(length, wait ?? 0)
            if let wait { quietUntil = max(quietUntil, now + wait) }
            return circuit.failed(isProbe: isProbe, at: now, using: &random)
        case .gone:
            isGone = true
            makeReady(sequence)
            return .none
        }
    }

    private mutating func settle(_ place: Int) {
        guard let event = entries[place].event else { return }
        entries[place].event = nil
        lines[event.subject]?.removeFirst()
        if let next = lines[event.subject]?.first { makeReady(next) } else { lines[event.subject] = nil }
        moveCursor()
    }

    private mutating func moveCursor() {
        entries.removeFirst(entries.firstIndex { $0.event != nil } ?? entries.count)
        cursor = entries.first.map { $0.sequence - 1 } ?? read
    }

    private mutating func makeReady(_ sequence: Int64) {
        retries[sequence] = nil
        ready.insert(sequence, at: ready.firstIndex { $0 > sequence } ?? ready.count)
    }

    private func failures(_ sequence: Int64) -> Int {
        index(of: sequence).map { entries[$0].failures } ?? 0
    }

    private func index(of sequence: Int64) -> Int? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].sequence < sequence { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].sequence == sequence ? low : nil
    }
}
