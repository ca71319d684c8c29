/// Counts durations such that any percentile can be told later, in bounded memory: they are kept to three significant
/// digits, so that there are at most a few thousand different ones.
struct DurationTally: Sendable {
    private var counts: [Int64: Int] = [:]
    private(set) var count = 0
    /// Exact; nil without any.
    private(set) var longest: Int64?

    /// - Parameter duration: milliseconds; a negative one counts as none.
    mutating func add(_ duration: Int64) {
        let duration = max(0, duration)
        counts[DurationTally.rounded(duration), default: 0] += 1
        count += 1
        longest = max(longest ?? 0, duration)
    }

    /// The duration that so large a part of all do not exceed (nearest rank), to three significant digits.
    func percentile(_ part: Double) -> Int64? {
        guard count > 0 else { return nil }
        let rank = max(1, Int((part * Double(count)).rounded(.up)))
        var sum = 0
        for (duration, number) in counts.sorted(by: { $0.key < $1.key }) {
            sum += number
            if sum >= rank { return min(duration, longest ?? duration) }
        }
        return longest
    }

    /// To the nearest with three significant digits.
    static func rounded(_ duration: Int64) -> Int64 {
        var scale: Int64 = 1
        while duration / scale >= 1_000 { scale *= 10 }
        return (duration + scale / 2) / scale * scale
    }
}
