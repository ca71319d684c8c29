/// What a gas profile asks of one point; nil where it asks nothing.
struct GasSetPoints {
    var high: GasSetPoint?
    var highHigh: GasSetPoint?
    /// Lower is looser here.
    var low: GasSetPoint?
}
