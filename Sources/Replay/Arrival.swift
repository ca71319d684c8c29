/// A sample as a replay gives it to an engine.
struct Arrival {
    /// When it arrives, UTC milliseconds.
    let at: Int64
    /// Its own time.
    let time: Int64
    let value: Double
    /// The place of its point among those replayed.
    let point: Int32
    let quality: UInt8
}
