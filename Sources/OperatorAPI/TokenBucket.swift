/// Says how often somebody may ask: so many requests a second, and a few at once after a pause.
struct TokenBucket: Sendable, Hashable {
    /// Requests a second.
    let rate: Double
    /// The most at once.
    let capacity: Double
    private var level: Double
    /// On the monotonic clock.
    private var filledAt: Int64

    init(rate: Double, capacity: Double, at now: Int64) {
        self.rate = rate
        self.capacity = capacity
        level = capacity
        filledAt = now
    }

    /// Takes one request out.
    /// - Parameter now: milliseconds on the monotonic clock.
    /// - Returns: nil if there was one, else after how many milliseconds there will be.
    mutating func take(at now: Int64) -> Int64? {
        level = min(capacity, level + Double(max(0, now - filledAt)) * rate / 1_000)
        filledAt = now
        guard level < 1 else {
            level -= 1
            return nil
        }
        return Int64(((1 - level) / rate * 1_000).rounded(.up))
    }
}
