package import Store
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

    /// Gathers samples, which are in the order of their times, into stretches of `width` milliseconds. Bad samples
    /// do not count; a stretch without any other is left out.
    package static func gather(_ samples: [StoredSample], width: Int64) -> [SampleBucket] {
        var buckets: [SampleBucket] = []
        add(samples, to: &buckets, width: width)
        return buckets
    }

    /// Adds samples that are later than everything added before.
    static func add(_ samples: [StoredSample], to buckets: inout [SampleBucket], width: Int64) {
        for sample in samples where !sample.quality.isBad && sample.value.isFinite {
            let entry = RollupEntry(
                start: sample.time, least: sample.value, greatest: sample.value, sum: sample.value, count: 1)
            add(entry, to: &buckets, width: width)
        }
    }

    /// Adds what is later than everything added before.
    static func add(_ entry: RollupEntry, to buckets: inout [SampleBucket], width: Int64) {
        let start = RollupEntry.start(of: entry.start, width: width)
        guard buckets.last?.start == start else {
            buckets.append(
                SampleBucket(
                    start: start, least: entry.least, greatest: entry.greatest, count: entry.count, sum: entry.sum))
            return
        }
        let last = buckets.count - 1
        buckets[last].least = min(buckets[last].least, entry.least)
        buckets[last].greatest = max(buckets[last].greatest, entry.greatest)
        buckets[last].sum += entry.sum
        buckets[last].count += entry.count
    }
}
