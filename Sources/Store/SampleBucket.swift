import Telemetry

/// What a point's values were during one stretch of time.
package struct SampleBucket: Sendable, Hashable {
    /// When the stretch begins, UTC milliseconds; a whole multiple of its length.
    package let start: Int64
    package private(set) var least: Double
    package private(set) var greatest: Double
    package private(set) var count: Int
    private var sum: Double

    package var mean: Double { sum / Double(count) }

    private init(start: Int64, first value: Double) {
        self.start = start
        least = value
        greatest = value
        sum = value
        count = 1
    }

    private mutating func add(_ value: Double) {
        least = min(least, value)
        greatest = max(greatest, value)
        sum += value
        count += 1
    }

    /// Gathers samples, which are in the order of their times, into stretches of `width` milliseconds. Bad samples
    /// do not count; a stretch without any other is left out.
    package static func gather(_ samples: [StoredSample], width: Int64) -> [SampleBucket] {
        var buckets: [SampleBucket] = []
        for sample in samples where !sample.quality.isBad && sample.value.isFinite {
            let offset = sample.time % width
            let start = sample.time - (offset < 0 ? offset + width : offset)
            if buckets.last?.start == start {
                buckets[buckets.count - 1].add(sample.value)
            } else {
                buckets.append(SampleBucket(start: start, first: sample.value))
            }
        }
        return buckets
    }
}
