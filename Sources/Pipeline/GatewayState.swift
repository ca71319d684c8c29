import Registry
import Telemetry

/// What the engine keeps of one gateway.
struct GatewayState {
    /// What survives a restart.
    var record: GatewayRecord
    /// When a sign of life last came, on the monotonic clock; the engine's start before the first.
    var lastReceived: Int64
    /// When the running series of messages with older samples only began, on the monotonic clock.
    var lateSince: Int64?
    var lateNewest: Int64 = .min
    var lateOldest: Int64 = .min
    /// When it last came back from OFFLINE, on the monotonic clock.
    var returnedAt: Int64 = .min
    /// When its GAP returns, on the monotonic clock.
    var gapDeadline: Int64?
    var isGapTimed = false
    /// When a gap was last reported, on the monotonic clock, and what was found missing since.
    var gapReported: Int64?
    var unreportedMissed: Int64 = 0
    /// Of the last messages, whether each was further behind receipt than allowed.
    private var behind: [Bool] = []
    private var nextBehind = 0
    private var behindCount = 0
    /// Messages in a row in which the clock gave no cause for complaint.
    var cleanMessages = 0
    /// Messages in a row with another value for a time already recorded.
    var conflictingMessages = 0
    var shortestStale: Int64 = .max
    /// The point whose value came first in its last message; -1 before that.
    var firstPoint: Int32 = -1

    static let lagWindow = 20

    init(record: GatewayRecord, startedAt now: Int64) {
        self.record = record
        lastReceived = now
    }

    mutating func note(isBehind: Bool) {
        behindCount += isBehind ? 1 : 0
        if behind.count < GatewayState.lagWindow {
            behind.append(isBehind)
            return
        }
        behindCount -= behind[nextBehind] ? 1 : 0
        behind[nextBehind] = isBehind
        nextBehind = (nextBehind + 1) % GatewayState.lagWindow
    }

    /// Whether the median of the last messages lies further behind than allowed, once there are enough of them.
    var isMostlyBehind: Bool {
        behind.count == GatewayState.lagWindow && behindCount > GatewayState.lagWindow / 2
    }
}
