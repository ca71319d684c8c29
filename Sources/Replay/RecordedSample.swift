/// A sample on record, with when it was received.
struct RecordedSample {
    /// The source's own time as recorded, UTC milliseconds.
    let time: Int64
    let value: Double
    let receipt: Int64
    /// How far its time was moved back because the clock ran ahead, milliseconds.
    let shift: Int64
    /// The place of its point among those replayed.
    let point: Int32
    let quality: UInt8
}
