import Telemetry

/// An on-delay or off-delay that runs for one condition of one point.
struct RunningDelay {
    /// When the daemon received the sample that began it.
    var began: Instant
    /// That sample's own time.
    var beganAtSource: Int64
    /// The latest true value and its time, for an alarm raised by the clock alone.
    var latestValue: Double
    var latestTime: Int64
}
