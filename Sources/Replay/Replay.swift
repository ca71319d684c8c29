import Alarms
package import Registry
import Settings
package import Store
import Telemetry

/// Runs recorded history through the daemon's engine: with the rules in force and, side by side, with proposed ones.
/// Reads only; nothing is written and nobody told. Used by one thread.
package struct Replay {
    /// How long before the first time the engines begin, so that what stood then is known: an hour, and more where
    /// rules look further back.
    private static let warmUps: ClosedRange<Int64> = 3_600_000...7 * 86_400_000
    /// The most differences kept one by one.
    package static let mostDifferences = 1_000
    private let state: StateReader
    private let folder: StateFolder
    private let inForce: Configuration
    private let proposed: Configuration?
    private let times: ClosedRange<Int64>

    /// - Parameter times: UTC milliseconds.
    package init(
        _ state: StateReader, _ folder: StateFolder, inForce: Configuration, proposed: Configuration?,
        times: ClosedRange<Int64>
    ) {
        self.state = state
        self.folder = folder
        self.inForce = inForce
        self.proposed = proposed
        self.times = times
    }

    /// - Parameter alarm: handed every alarm that either rules gave in these times, some sites after the others.
    package func run(_ alarm: (ReplayedAlarm) throws -> Void = { _ in }) throws -> ReplayReport {
        var report = ReplayReport(times: times)
        if proposed != nil { report.proposed = ReplayReport.Comparison() }
        (report.actions, report.configurations) = try state.interventions(
            from: times.lowerBound, through: times.upperBound)
        let numbers = Dictionary(try state.pointNames().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let rules = [inForce, proposed].compactMap { $0 }.map { ReplayRules($0) }
        let warmUp = min(
            max(Replay.warmUps.lowerBound, rules.map(\.memory).max() ?? 0), Replay.warmUps.upperBound)
        let start = max(0, times.lowerBound - warmUp)
        for lot in ReplayLot.lots(of: rules.map(\.configuration.registry)) {
            try run(lot, rules, numbers, from: start, into: &report, alarm)
        }
        report.withoutData.sort()
        return report
    }

    /// Replays the points of some sites, which no alarm of others depends on.
    private func run(
        _ lot: ReplayLot, _ rules: [ReplayRules], _ numbers: [String: Int64], from start: Int64,
        into report: inout ReplayReport, _ alarm: (ReplayedAlarm) throws -> Void
    ) throws {
        let history = RecordedHistory(
            state: state, folder: folder, numbers: lot.points.map { numbers[$0] }, times: start...times.upperBound)
        var run = ReplayRun(
            sides: rules.map { ReplaySide($0, names: lot.points, start: start) },
            events: try RecordedEvents(state, times: start...times.upperBound, lot: lot), counted: times,
            points: lot.points.count, lagLimit: inForce.settings.clock.lagLimit)
        var samples: [RecordedSample] = []
        while let end = try history.next(into: &samples) {
            try run.take(&samples, through: end, alarm)
        }
        try run.finish(at: times.upperBound, alarm)
        run.add(to: &report, names: lot.points)
    }
}
