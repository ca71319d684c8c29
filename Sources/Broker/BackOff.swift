/// How long to wait before the next attempt: exponential with full jitter, so that a city's clients do not come
/// back all at once when their broker does.
package struct BackOff: Sendable {
    /// Milliseconds the first repeated attempt waits at most.
    package let base: Int64
    /// Milliseconds any attempt waits at most.
    package let limit: Int64
    /// Attempts since the last success.
    package private(set) var attempts = 0

    package init(base: Int64 = 200, limit: Int64 = 15_000) {
        self.base = base
        self.limit = limit
    }

    /// Milliseconds to wait before the attempt that is now counted: none before the first, then anything from 0 to
    /// a ceiling that doubles.
    package mutating func next(using random: inout some RandomNumberGenerator) -> Int64 {
        defer { attempts += 1 }
        guard attempts > 0 else { return 0 }
        let doublings = min(attempts - 1, 20)
        return .random(in: 0...min(limit, base << Int64(doublings)), using: &random)
    }

    /// The connection held; the next attempt starts afresh.
    package mutating func reset() {
        attempts = 0
    }
}
