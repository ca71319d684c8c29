package import Telemetry

/// Keeps messages from a target that does not take any: after some failures in a row it is open, and one message at a
/// time tries whether the target is back.
package struct Circuit: Sendable, Hashable {
    package enum State: Sendable, Hashable {
        case closed
        /// Nothing is sent before that moment of the monotonic clock.
        case open(until: Int64)
        /// One message is under way, to see.
        case halfOpen
    }

    /// What may be sent now.
    package enum Permit: Sendable, Hashable {
        case any
        case probe
        case none
    }

    /// What an answer changed.
    package enum Change: Sendable, Hashable {
        case none
        case opened
        case closed
    }

    /// Failures in a row that open it.
    package static let threshold = 5

    package private(set) var state = State.closed
    /// In a row, by any message.
    package private(set) var failures = 0
    private let pause: RetryPause

    package init(pause: RetryPause = RetryPause()) {
        self.pause = pause
    }

    package var isClosed: Bool { state == .closed }

    package func permit(at now: Int64) -> Permit {
        switch state {
        case .closed: .any
        case .open(let until): now >= until ? .probe : .none
        case .halfOpen: .none
        }
    }

    /// When it lets something through again; nil while it is closed, or waits for the probe's answer.
    package var opensAt: Int64? {
        if case .open(let until) = state { until } else { nil }
    }

    /// The permitted probe leaves.
    package mutating func probed() {
        if case .open = state { state = .halfOpen }
    }

    /// The target answered, whatever it thought of the message.
    package mutating func succeeded() -> Change {
        failures = 0
        defer { state = .closed }
        return isClosed ? .none : .closed
    }

    /// - Parameter isProbe: whether the message was the one sent to see; answers to others that were under way when the
    ///   circuit opened say nothing new.
    package mutating func failed(isProbe: Bool, at now: Int64, using random: inout RandomState) -> Change {
        switch state {
        case .closed:
            failures += 1
            guard failures >= Circuit.threshold else { return .none }
            state = .open(until: now + pause.length(after: failures, using: &random))
            return .opened
        case .halfOpen where isProbe:
            failures += 1
            state = .open(until: now + pause.length(after: failures, using: &random))
            return .none
        case .open, .halfOpen:
            return .none
        }
    }
}
