import Telemetry

/// When the lane's recurring chores are next due, on the monotonic clock, in milliseconds.
struct Housekeeping {
    static let tickEvery: Int64 = 1_000
    static let snapshotEvery: Int64 = 60_000
    static let sealEvery: Int64 = 3_600_000
    static let spaceEvery: Int64 = 10_000
    /// How long a broker may be out of reach at the start before BROKER is raised.
    static let connectPatience: Int64 = 5_000

    var nextTick: Int64
    var nextSnapshot: Int64
    var nextSpaceCheck: Int64
    var nextSeal: Int64
    var brokerDeadline: Int64?
    /// The bursts committed when the last tick ran, to tell an idle daemon.
    var burstsAtTick: Int64 = 0
    var receivedAtSnapshot: Int64 = 0

    init(startedAt now: Instant) {
        nextTick = now.monotonic + Housekeeping.tickEvery
        nextSnapshot = now.monotonic + Housekeeping.snapshotEvery
        nextSpaceCheck = now.monotonic
        nextSeal = now.monotonic + Housekeeping.tickEvery
        brokerDeadline = now.monotonic + Housekeeping.connectPatience
    }
}
