/// The latencies of one run.
struct Latencies {
    private var nanoseconds: [Int64] = []

    mutating func add(_ latency: Int64) {
        nanoseconds.append(latency)
    }

    /// In milliseconds: the smallest latency that so many percent of all do not exceed.
    func percentile(_ percent: Int) -> Double {
        let sorted = nanoseconds.sorted()
        guard !sorted.isEmpty else { return .nan }
        let rank = (sorted.count * percent + 99) / 100
        return Double(sorted[max(0, rank - 1)]) / 1e6
    }
}
