/// Counts requests with tokens that do not hold, by the address they come from.
package struct FailedAttempts: Sendable {
    /// The most a minute that are told why they were refused.
    package static let most = 10
    /// Milliseconds.
    package static let window: Int64 = 60_000
    /// The most addresses told apart; beyond it the one counted for longest is forgotten.
    package static let bound = 4_096

    private var windows: [String: (began: Int64, count: Int)] = [:]

    package init() {}

    /// How many addresses are told apart.
    package var count: Int { windows.count }

    /// Counts one.
    /// - Parameter now: milliseconds on the monotonic clock.
    /// - Returns: after how many milliseconds to try again, if there were too many.
    package mutating func add(from address: String, at now: Int64) -> Int64? {
        if let known = windows[address], now - known.began < FailedAttempts.window {
            windows[address] = (known.began, min(known.count + 1, FailedAttempts.most + 1))
            return known.count < FailedAttempts.most ? nil : known.began + FailedAttempts.window - now
        }
        if windows[address] == nil { makeRoom(at: now) }
        windows[address] = (now, 1)
        return nil
    }

    private mutating func makeRoom(at now: Int64) {
        guard windows.count >= FailedAttempts.bound else { return }
        windows = windows.filter { now - $0.value.began < FailedAttempts.window }
        guard windows.count >= FailedAttempts.bound, let oldest = windows.min(by: { $0.value.began < $1.value.began })
        else { return }
        windows[oldest.key] = nil
    }
}
