package import Telemetry

/// How long to wait before something is tried again: anything up to a ceiling that doubles with every failure in a row
/// ("full jitter"), so that senders who lost the same receiver do not come back to it all at once.
package struct RetryPause: Sendable, Hashable {
    /// Milliseconds at most after the first failure.
    package let first: Int64
    /// Milliseconds at most after any.
    package let longest: Int64

    package init(first: Int64 = 1_000, longest: Int64 = 300_000) {
        self.first = first
        self.longest = longest
    }

    /// - Parameter failures: in a row, from 1.
    package func length(after failures: Int, using random: inout RandomState) -> Int64 {
        let doublings = max(0, min(failures - 1, 20))
        return .random(in: 0...min(longest, first << Int64(doublings)), using: &random)
    }
}
