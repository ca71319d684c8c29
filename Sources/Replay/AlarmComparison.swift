import Alarms
import Telemetry

/// Holds the activations of one side against those of another, alarm by alarm, as they come: two that overlap are the
/// same alarm, raised earlier, later or at the same time; one without a counterpart is gone or new.
///
/// What is decided is counted and forgotten, so that memory is bounded by the alarms that are still open.
struct AlarmComparison {
    /// Activations of one alarm that have no counterpart yet.
    private struct Waiting {
        var before: [Activation] = []
        var after: [Activation] = []
    }

    private let bySamples: Bool
    /// What was raised outside of these times is compared but not counted.
    private let counted: ClosedRange<Int64>
    /// Differences kept one by one.
    private let mostDifferences: Int
    private var waiting: [AlarmSubject: Waiting] = [:]
    private(set) var tallies: [AlarmSubject: AlarmTally] = [:]
    private(set) var differences: [AlarmDifference] = []
    private(set) var differenceCount = 0

    /// - Parameters:
    ///   - bySamples: compare by the samples' own times instead of the daemon's clock.
    ///   - counted: UTC milliseconds.
    init(bySamples: Bool, counted: ClosedRange<Int64>, mostDifferences: Int) {
        self.bySamples = bySamples
        self.counted = counted
        self.mostDifferences = mostDifferences
    }

    mutating func add(before: [Activation], after: [Activation]) {
        for activation in before { waiting[activation.subject, default: Waiting()].before.append(activation) }
        for activation in after { waiting[activation.subject, default: Waiting()].after.append(activation) }
    }

    /// Decides what can be decided.
    /// - Parameters:
    ///   - time: what either side did until then has been added, as far as it is over.
    ///   - openBefore: of the first side, what still lasts.
    mutating func settle(
        until time: Int64, openBefore: [AlarmSubject: Activation], openAfter: [AlarmSubject: Activation]
    ) {
        // In one order in every run: only so many differences are kept one by one.
        for subject in waiting.keys.sorted(by: { $0.description < $1.description }) {
            guard var parts = waiting[subject] else { continue }
            settle(&parts, subject, until: time, openBefore[subject], openAfter[subject])
            waiting[subject] = parts.before.isEmpty && parts.after.isEmpty ? nil : parts
        }
    }

    /// Decides the rest: nothing more comes.
    mutating func finish(openBefore: [AlarmSubject: Activation], openAfter: [AlarmSubject: Activation]) {
        add(before: Array(openBefore.values), after: Array(openAfter.values))
        settle(until: .max, openBefore: [:], openAfter: [:])
        differences.sort { ($0.at, $0.subject.description) < ($1.at, $1.subject.description) }
    }

    private mutating func settle(
        _ parts: inout Waiting, _ subject: AlarmSubject, until time: Int64, _ openBefore: Activation?,
        _ openAfter: Activation?
    ) {
        var before = parts.before[...]
        var after = parts.after[...]
        while true {
            // What still lasts stands last in its row, and waits until it is over.
            let first = before.first ?? openBefore
            let second = after.first ?? openAfter
            guard let first else {
                guard let second, second.isOver, second.span(bySamples: bySamples).end <= time else { break }
                count(after.removeFirst(), .new)
                continue
            }
            guard let second else {
                guard first.isOver, first.span(bySamples: bySamples).end <= time || time == .max else { break }
                count(before.removeFirst(), .gone)
                continue
            }
            let (one, other) = (first.span(bySamples: bySamples), second.span(bySamples: bySamples))
            if one.end < other.start, !before.isEmpty {
                count(before.removeFirst(), .gone)
            } else if other.end < one.start, !after.isEmpty {
                count(after.removeFirst(), .new)
            } else if !before.isEmpty, !after.isEmpty {
                count(before.removeFirst(), after.removeFirst())
            } else {
                break
            }
        }
        if time == .max {
            for activation in before { count(activation, .gone) }
            for activation in after { count(activation, .new) }
            parts = Waiting()
            return
        }
        parts.before = Array(before)
        parts.after = Array(after)
    }

    // MARK: Counting

    private func start(_ activation: Activation) -> Int64 { activation.span(bySamples: bySamples).start }

    private mutating func count(_ before: Activation, _ after: Activation) {
        let (old, new) = (start(before), start(after))
        guard counted.contains(old) || counted.contains(new), min(old, new) >= counted.lowerBound else { return }
        var tally = tallies[before.subject] ?? AlarmTally()
        tally.note(before: before.priority)
        tally.note(after: after.priority)
        let shift = new - old
        if before.priority != after.priority { tally.reprioritised += 1 }
        if shift == 0 {
            tally.same += 1
        } else {
            if shift < 0 { tally.earlier += 1 } else { tally.later += 1 }
            tally.totalShift += shift
            tally.greatestShift = abs(shift) > abs(tally.greatestShift) ? shift : tally.greatestShift
            keep(AlarmDifference(at: new, subject: before.subject, kind: .moved(by: shift), priority: after.priority))
        }
        tallies[before.subject] = tally
    }

    /// Counts what one side alone gave.
    private mutating func count(_ activation: Activation, _ kind: AlarmDifference.Kind) {
        guard counted.contains(start(activation)) else { return }
        var tally = tallies[activation.subject] ?? AlarmTally()
        if kind == .gone {
            tally.note(before: activation.priority)
            tally.gone += 1
        } else {
            tally.note(after: activation.priority)
            tally.new += 1
        }
        tallies[activation.subject] = tally
        keep(
            AlarmDifference(
                at: start(activation), subject: activation.subject, kind: kind, priority: activation.priority))
    }

    private mutating func keep(_ difference: AlarmDifference) {
        differenceCount += 1
        if differences.count < mostDifferences { differences.append(difference) }
    }
}
