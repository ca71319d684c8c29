import Alarms
import Store

/// The engines of one replay going through the record together.
struct ReplayRun {
    /// How far behind the record is compared: by the samples' own times it may be a little out of order.
    private static let margin: Int64 = 900_000

    private let sides: [ReplaySide]
    private let events: RecordedEvents
    private let counted: ClosedRange<Int64>
    private var lags: LagWatch
    private var queue = ArrivalQueue()
    private var ready: [Arrival] = []
    private var samples: Int64 = 0
    private var seen: [Bool]
    private var recorded: AlarmComparison
    private var proposed: AlarmComparison

    /// - Parameters:
    ///   - sides: the rules in force, and the proposed ones if there are any.
    ///   - counted: the times asked for, UTC milliseconds.
    init(
        sides: [ReplaySide], events: RecordedEvents, counted: ClosedRange<Int64>, points: Int, lagLimit: Int64
    ) {
        self.sides = sides
        self.events = events
        self.counted = counted
        lags = LagWatch(points: points, limit: lagLimit)
        seen = [Bool](repeating: false, count: points)
        recorded = AlarmComparison(bySamples: true, counted: counted, mostDifferences: Replay.mostDifferences)
        proposed = AlarmComparison(bySamples: false, counted: counted, mostDifferences: Replay.mostDifferences)
    }

    /// Takes in the samples of a window; all samples of earlier times have been taken in before.
    mutating func take(
        _ window: inout [RecordedSample], through end: Int64, _ alarm: (ReplayedAlarm) throws -> Void
    ) throws {
        lags.look(at: window[...])
        for sample in window {
            if counted.contains(sample.time) {
                samples += 1
                seen[Int(sample.point)] = true
            }
            guard let (at, time) = lags.instant(of: sample) else { continue }
            queue.append(
                Arrival(at: at, time: time, value: sample.value, point: sample.point, quality: sample.quality))
        }
        window.removeAll(keepingCapacity: true)
        // A later window can hold what was received a little before it was measured.
        try play(through: end - lags.lead - 1_000)
        try settle(until: end - lags.lead - 1_000, alarm)
    }

    mutating func finish(at end: Int64, _ alarm: (ReplayedAlarm) throws -> Void) throws {
        try play(through: end)
        for side in sides { side.advance(to: end) }
        try settle(until: end, alarm)
        for (side, rules) in zip(sides, ReplayedAlarm.Rules.allCases) {
            let open = side.log.open.values.sorted { $0.subject.description < $1.subject.description }
            try tell(open, of: rules, alarm)
        }
        recorded.finish(openBefore: events.log.open, openAfter: sides[0].log.open)
        if sides.count > 1 { proposed.finish(openBefore: sides[0].log.open, openAfter: sides[1].log.open) }
    }

    /// What arrived and what else happened until a time, in order.
    private mutating func play(through end: Int64) throws(StoreError) {
        queue.drain(through: end, into: &ready)
        var next = ready.startIndex
        for turn in try events.turns(through: end) {
            let start = next
            while next < ready.endIndex, ready[next].at < turn.at { next += 1 }
            for side in sides {
                side.take(ready[start..<next])
                side.take(turn)
            }
        }
        for side in sides { side.take(ready[next...]) }
    }

    private mutating func settle(until time: Int64, _ alarm: (ReplayedAlarm) throws -> Void) throws {
        let before = sides[0].takeOver()
        try tell(before, of: .inForce, alarm)
        recorded.add(before: events.takeOver(), after: before)
        recorded.settle(until: time - ReplayRun.margin, openBefore: events.log.open, openAfter: sides[0].log.open)
        guard sides.count > 1 else { return }
        let after = sides[1].takeOver()
        try tell(after, of: .proposed, alarm)
        proposed.add(before: before, after: after)
        proposed.settle(until: time, openBefore: sides[0].log.open, openAfter: sides[1].log.open)
    }

    private func tell(
        _ activations: [Activation], of rules: ReplayedAlarm.Rules, _ alarm: (ReplayedAlarm) throws -> Void
    ) throws {
        for activation in activations where counted.contains(activation.raisedAt) {
            try alarm(ReplayedAlarm(activation, of: rules))
        }
    }

    /// Adds what was found.
    func add(to report: inout ReplayReport, names: [String]) {
        report.samples += samples
        report.points += names.count
        report.measured += lags.measured
        report.late += lags.late
        report.withoutData += names.indices.filter { !seen[$0] }.map { names[$0] }
        report.recorded.add(recorded.result, atMost: Replay.mostDifferences)
        if sides.count > 1 { report.proposed?.add(proposed.result, atMost: Replay.mostDifferences) }
    }
}

extension AlarmComparison {
    fileprivate var result: ReplayReport.Comparison {
        var result = ReplayReport.Comparison()
        result.tallies = tallies
        result.differences = differences
        result.differenceCount = differenceCount
        return result
    }
}
