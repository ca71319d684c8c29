/// How long each of many things took, milliseconds.
struct Latencies: CustomStringConvertible {
    private let sorted: [Int64]

    init(_ values: [Int64]) {
        sorted = values.sorted()
    }

    /// What so many per cent of them stay within; beyond everything where there are none.
    func percentile(_ percent: Int) -> Int64 {
        guard !sorted.isEmpty else { return .max }
        return sorted[min(sorted.count - 1, (sorted.count * percent + 99) / 100 - 1)]
    }

    var description: String {
        "p50 \(percentile(50)) ms, p99 \(percentile(99)) ms, at most \(percentile(100)) ms"
    }
}
