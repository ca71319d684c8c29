import AlarmFigures
import Alarms
import Registry
import Telemetry

/// A log of alarm events made by hand; times are seconds from a whole ten minutes.
struct FigureLog {
    /// 2026-11-23T07:00:00Z.
    static let start: Int64 = 29_923_620 * 60_000

    static let minute = 60.0
    static let hour = 3_600.0
    static let day = 86_400.0

    /// As the built-in standards profile has them, written out: a test goes red when one changes.
    static let targets = AlarmTargets(
        average: 1, mostAverage: 2, peak: 10, intervalsAbove: 0.01, mostFrequent: 0.05,
        flood: FloodRule(startsAbove: 10, endsBelow: 5), floodTime: 0.01, chatterWindow: 60_000,
        fleetingWithin: 10_000, staleAfter: 86_400_000, stale: 5, lowShare: 0.8, mediumShare: 0.15, highShare: 0.05,
        sources: [.load: FigureSource(document: "EEMUA 191", certainty: .memory)])

    static func basis(_ positions: PositionMap = PositionMap()) -> FigureBasis {
        FigureBasis(positions: positions, targets: targets, profile: "tests", dated: "2026-11-24")
    }

    private(set) var events: [LoggedEvent] = []

    static func time(_ seconds: Double) -> Int64 { start + Int64((seconds * 1_000).rounded()) }

    /// Adds an event as the life cycle would write it: the state follows from the kind, unless it is given.
    mutating func add(
        _ kind: AlarmEventKind, _ object: String, at seconds: Double, site: String = "shengli", source: String = "TF-1",
        state: AlarmState? = nil, raisedAt: Double? = nil, _ change: (inout LoggedEvent) -> Void = { _ in }
    ) {
        var event = LoggedEvent(kind, at: FigureLog.time(seconds), site: site, subject: "\(site)/\(object)/H")
        event.source = source
        event.state = state ?? FigureLog.state(kind)
        event.raisedAt = FigureLog.time(raisedAt ?? seconds)
        event.priority = .low
        change(&event)
        events.append(event)
    }

    /// Adds raises of one object a second.
    mutating func raise(_ count: Int, at seconds: Double, every step: Double = 1, prefix: String = "LT") {
        for number in 0..<count { add(.raised, "\(prefix)-\(number)", at: seconds + Double(number) * step) }
    }

    private static func state(_ kind: AlarmEventKind) -> AlarmState {
        switch kind {
        case .raised, .realarmed, .unsuppressed, .unshelved, .returnedToService, .late: .unacknowledged
        case .suppressed, .shelved, .removedFromService: .unacknowledged
        case .acknowledged, .confirmed: .acknowledged
        case .returned: .returnedUnacknowledged
        case .cleared, .reset: .normal
        }
    }

    /// The report of a range in seconds, from the events in the order of their making.
    func report(
        _ from: Double, _ to: Double, positions: PositionMap = PositionMap(), standing: [Alarm] = []
    ) -> FigureReport {
        var figures = AlarmFigures(
            from: FigureLog.time(from), to: FigureLog.time(to), basis: FigureLog.basis(positions))
        for event in events { figures.take(event) }
        for alarm in standing { figures.take(standing: alarm) }
        return figures.report(at: FigureLog.time(to))
    }
}
