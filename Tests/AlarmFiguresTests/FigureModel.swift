import AlarmFigures
import Alarms
import Telemetry

/// The figures worked out again from the whole log, slowly and in the plainest way: for each figure all events are gone
/// through by themselves.
struct FigureModel {
    struct Flood: Equatable {
        var start: Int64
        var end: Int64?
        var count: Int
        var peak: Int
        var firstOut: String
    }

    /// All events of the scope but exercises, in order.
    let events: [LoggedEvent]
    let from: Int64
    let to: Int64
    private let minutes: Int64 = 600_000

    init(_ events: [LoggedEvent], from: Int64, to: Int64, where isOfScope: (LoggedEvent) -> Bool) {
        self.events = events.filter { !$0.isExercise && $0.time < to && isOfScope($0) }
        self.from = from
        self.to = to
    }

    private var inRange: [LoggedEvent] { events.filter { $0.time >= from } }

    var annunciations: [LoggedEvent] {
        inRange.filter { event in
            guard event.suppression == .none else { return false }
            let isRelease = [.unsuppressed, .unshelved, .returnedToService].contains(event.kind)
            return event.kind == .raised || event.kind == .realarmed || isRelease && event.state == .unacknowledged
        }
    }

    var bySubject: [String: [LoggedEvent]] { Dictionary(grouping: inRange, by: \.subject) }

    /// How many were annunciated in each ten minutes of the clock.
    var load: [Int64: Int] {
        annunciations.reduce(into: [:]) { $0[$1.time / minutes * minutes, default: 0] += 1 }
    }

    // MARK: Floods

    /// The state of the rate at every moment at which it can change.
    var floods: [Flood] {
        let all = annunciations
        let moments = Set(all.map(\.time) + all.map { $0.time + minutes }).filter { $0 <= to }.sorted()
        var floods: [Flood] = []
        var isInFlood = false
        var (low, high, open) = (0, 0, 0)
        for moment in moments {
            while low < all.count, all[low].time + minutes <= moment { low += 1 }
            if isInFlood, high - low < 5 {
                isInFlood = false
                floods[floods.count - 1].end = moment
                floods[floods.count - 1].count = high - open
            }
            while high < all.count, all[high].time == moment {
                high += 1
                if !isInFlood, high - low > 10 {
                    isInFlood = true
                    let since = floods.last?.end ?? .min
                    open = (low..<high).first { all[$0].time >= since } ?? low
                    floods.append(
                        Flood(start: moment, end: nil, count: 0, peak: 0, firstOut: all[open].subject))
                }
                if isInFlood { floods[floods.count - 1].peak = max(floods[floods.count - 1].peak, high - low) }
            }
        }
        if isInFlood { floods[floods.count - 1].count = high - open }
        return floods
    }

    var peak: Int {
        let times = annunciations.map(\.time)
        var low = 0
        return times.indices.reduce(0) { most, place in
            while times[low] + minutes <= times[place] { low += 1 }
            return max(most, place - low + 1)
        }
    }

    // MARK: By subject

    /// Stretches of chattering and transitions in them.
    func chattering(_ events: [LoggedEvent]) -> (stretches: Int, transitions: Int) {
        let times = events.filter { $0.suppression == .none && ($0.kind == .raised || $0.kind == .returned) }.map(
            \.time)
        var marked = Set<Int>()
        var stretches = 0
        func isThird(_ place: Int) -> Bool { place >= 2 && times[place] - times[place - 2] < 60_000 }
        for place in times.indices where isThird(place) {
            marked.formUnion([place - 2, place - 1, place])
            if !isThird(place - 1) { stretches += 1 }
        }
        return (stretches, marked.count)
    }

    func fleeting(_ events: [LoggedEvent]) -> Int {
        let acts: [AlarmEventKind] = [.acknowledged, .confirmed, .reset, .shelved, .removedFromService, .suppressed]
        return events.indices.count { place in
            guard events[place].kind == .raised, events[place].suppression == .none else { return false }
            let next = events[(place + 1)...].first {
                acts.contains($0.kind) || [.raised, .returned].contains($0.kind)
            }
            return next?.kind == .returned && (next?.time ?? 0) - events[place].time <= 10_000
        }
    }

    /// Times to acknowledge, how many ended without, and since when one waits.
    func acknowledgements(_ events: [LoggedEvent]) -> (times: [Int64], ended: Int, waiting: Int64?) {
        let announced = Set(annunciations.filter { $0.subject == events.first?.subject })
        var times: [Int64] = []
        var ended = 0
        var since: Int64?
        for event in events {
            if announced.contains(event) { since = since ?? event.time }
            if event.kind == .acknowledged, let began = since { times.append(event.time - began) }
            if event.kind == .cleared, since != nil { ended += 1 }
            if [.acknowledged, .cleared, .suppressed, .shelved, .removedFromService].contains(event.kind) {
                since = nil
            }
        }
        return (times, ended, since)
    }

    /// The most that were stale at once, and those that are at the end with when they began.
    var stale: (most: Int, last: [String: Int64]) {
        var spells: [Range<Int64>] = []
        var last: [String: Int64] = [:]
        for (subject, all) in Dictionary(grouping: events, by: \.subject) {
            var active: Int64?
            var shown: Int64?
            for (place, event) in all.enumerated() {
                active = event.state.isActive ? active ?? event.time : nil
                shown = event.suppression == .none ? shown ?? event.time : nil
                let next = place + 1 < all.count ? all[place + 1].time : to
                guard let active, let shown else { continue }
                let begin = max(active + 86_400_000, shown, event.time, from)
                if begin < next { spells.append(begin..<next) }
                if place + 1 == all.count, begin < to { last[subject] = active }
            }
        }
        let most = spells.map { spell in spells.count { $0.contains(spell.lowerBound) } }.max() ?? 0
        return (most, last)
    }
}
