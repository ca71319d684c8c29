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
    /// Lag of the last messages, in milliseconds of wall time.
    private var lags: [Int64] = []
    private var nextLag = 0
    /// Messages in a row in which the clock gave no cause for complaint.
    var cleanMessages = 0
    /// Messages in a row with another value for a time already recorded.
    var conflictingMessages = 0
    var shortestStale: Int64 = .max

    static let lagWindow = 20

    init(record: GatewayRecord, startedAt now: Int64) {
        self.record = record
        lastReceived = now
    }

    mutating func note(lag: Int64) {
        if lags.count < GatewayState.lagWindow {
            lags.append(lag)
        } else {
            lags[nextLag] = lag
            nextLag = (nextLag + 1) % GatewayState.lagWindow
        }
    }

    /// The median lag of the last messages, once there are enough of them.
    var medianLag: Int64? {
        guard lags.count == GatewayState.lagWindow else { return nil }
        return lags.sorted()[GatewayState.lagWindow / 2]
    }
}
