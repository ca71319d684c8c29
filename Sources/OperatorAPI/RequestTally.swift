import Synchronization

/// What the HTTP interface has answered since the start. Safe on any thread.
package final class RequestTally: Sendable {
    /// Requests of one kind.
    package struct Kind: Hashable, Sendable {
        /// Such as `alarms` or `stream`, so that there are few of them.
        package let route: String
        package let status: Int
    }

    package struct Figures: Sendable {
        package internal(set) var requests: [Kind: Int64] = [:]
        /// Refused with 429.
        package internal(set) var limited: Int64 = 0
        package internal(set) var streams: Int64 = 0
        /// Connections ended because the peer did not read what it had asked for.
        package internal(set) var cut: Int64 = 0
    }

    private let figures = Mutex(Figures())

    package init() {}

    package var current: Figures { figures.withLock { $0 } }

    func count(_ kind: Kind) {
        figures.withLock { $0.requests[kind, default: 0] += 1 }
    }

    func countLimited() {
        figures.withLock { $0.limited += 1 }
    }

    func countCut() {
        figures.withLock { $0.cut += 1 }
    }

    func streamBegan() {
        figures.withLock { $0.streams += 1 }
    }

    func streamEnded() {
        figures.withLock { $0.streams -= 1 }
    }
}
