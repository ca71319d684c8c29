/// How many alarms were annunciated in each interval of ten minutes, counted from whole ten minutes of UTC. Intervals
/// without any take no memory.
package struct AlarmLoad: Sendable, Hashable {
    package struct Interval: Sendable, Hashable {
        /// UTC milliseconds.
        package let start: Int64
        package var count: Int
    }

    /// An interval's length in milliseconds.
    package static let length: Int64 = 600_000
    /// The most intervals kept; of more, the oldest go. As many as ten years have.
    package static let bound = 527_040

    /// Those with alarms, oldest first.
    package private(set) var intervals: [Interval] = []

    package init() {}

    package mutating func add(at time: Int64) {
        let start = AlarmLoad.start(of: time)
        if let last = intervals.last, last.start >= start {
            // Earlier than the newest only where the clock was set back.
            var place = intervals.count - 1
            while place > 0, intervals[place].start > start { place -= 1 }
            if intervals[place].start == start {
                intervals[place].count += 1
            } else {
                let after = intervals[place].start < start ? place + 1 : place
                intervals.insert(Interval(start: start, count: 1), at: after)
            }
        } else {
            intervals.append(Interval(start: start, count: 1))
            if intervals.count > AlarmLoad.bound { intervals.removeFirst(AlarmLoad.bound / 10) }
        }
    }

    /// When the interval that a time lies in began.
    package static func start(of time: Int64) -> Int64 {
        let rest = time % length
        return time - (rest < 0 ? rest + length : rest)
    }

    /// How long a piece of a range is best shown: ten minutes, an hour, a day or thirty days, in milliseconds.
    package static func bucket(of range: Range<Int64>) -> Int64 {
        let hour: Int64 = 3_600_000
        let day = 24 * hour
        switch range.upperBound - range.lowerBound {
        case ...(12 * hour): return length
        case ...(4 * day): return hour
        case ...(120 * day): return day
        default: return 30 * day
        }
    }

    /// How many intervals a stretch of time touches.
    static func number(from: Int64, to: Int64) -> Int {
        to > from ? Int((start(of: to - 1) - start(of: from)) / length) + 1 : 0
    }
}
