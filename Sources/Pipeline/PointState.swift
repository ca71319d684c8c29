import Telemetry

/// What a sample of a point is held against first and what it leaves behind: one record a point, so that a sample
/// of one point among a million touches one or two lines of the processor's cache.
struct PointState {
    /// The newest sample's time; `Int64.min` before the first.
    var lastTime: Int64 = .min
    var lastValue = Double.nan
    /// When the newest sample was received, on the monotonic clock; the engine's start before the first.
    var lastReceived: Int64
    /// Strictly between these two a good value is neither beyond a limit nor out of range.
    let quietLow: Double
    let quietHigh: Double
    let gateway: Int32
    /// The point whose value followed in the gateway's last message, so that tags are compared before they are hashed.
    var next: Int32
    /// Its place among the watches; -1 for a point whose rules need nothing of the past.
    let watch: Int32
    /// Samples its ring was given, counted on without end.
    var ringCount: UInt32 = 0
    var lastQuality = Quality.bad.rawValue
    /// The clock epoch of its gateway in which the newest sample came.
    var epoch: UInt8 = 0
    /// Whether no rule of the point is true, active or delayed.
    var isIdle = true

    init(
        gateway: Int32, next: Int32, watch: Int32, quietLow: Double, quietHigh: Double, startedAt now: Int64
    ) {
        self.gateway = gateway
        self.next = next
        self.watch = watch
        self.quietLow = quietLow
        self.quietHigh = quietHigh
        lastReceived = now
    }

    /// What a glance at a redundant partner shows; not a number for one whose rules are at work, so that none ends them.
    @inline(__always)
    var glance: Double { isIdle ? lastValue : .nan }
}
