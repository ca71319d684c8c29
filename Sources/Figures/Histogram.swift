/// How often values fell up to each of some bounds, as Prometheus counts it.
package struct Histogram: Sendable, Hashable {
    /// Upper bounds, ascending; what is above the last is counted in `count` only.
    package let bounds: [Double]
    /// Values up to each bound and above the one before.
    package private(set) var counts: [Int64]
    package private(set) var count: Int64 = 0
    package private(set) var sum = 0.0

    package init(_ bounds: [Double]) {
        self.bounds = bounds
        counts = [Int64](repeating: 0, count: bounds.count)
    }

    package mutating func add(_ value: Double) {
        count += 1
        sum += value
        if let place = bounds.firstIndex(where: { value <= $0 }) { counts[place] += 1 }
    }

    /// From half a millisecond to five seconds.
    package static var seconds: Histogram {
        Histogram([0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5])
    }
}
