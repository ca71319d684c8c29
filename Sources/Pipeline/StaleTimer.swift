/// When a point's silence is looked at next; apart from the other timers and small, as every point has one.
struct StaleTimer: Comparable {
    /// Milliseconds on the monotonic clock.
    let deadline: Int64
    let point: Int32

    /// Gateways' timers of the same time go before, so that an upper alarm stands before the lower ones ask for it.
    func precedes(_ other: EngineTimer) -> Bool {
        deadline < other.deadline || deadline == other.deadline && other.rank > 0
    }

    static func < (left: StaleTimer, right: StaleTimer) -> Bool {
        (left.deadline, left.point) < (right.deadline, right.point)
    }
}
