/// What a point's values were during one minute or hour: the figures of its good and uncertain samples.
package struct RollupEntry: Sendable, Hashable {
    /// When the stretch begins, UTC milliseconds; a whole multiple of its length.
    package let start: Int64
    package private(set) var least: Double
    package private(set) var greatest: Double
    package private(set) var sum: Double
    package private(set) var count: Int

    package init(start: Int64, least: Double, greatest: Double, sum: Double, count: Int) {
        self.start = start
        self.least = least
        self.greatest = greatest
        self.sum = sum
        self.count = count
    }

    mutating func add(_ value: Double) {
        least = min(least, value)
        greatest = max(greatest, value)
        sum += value
        count += 1
    }
}
