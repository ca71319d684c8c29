/// A sample as `hazardctl query` prints it, or as a test published it.
struct StoredSample: Hashable, CustomStringConvertible {
    /// UTC milliseconds.
    let time: Int64
    let value: Double
    /// The OPC quality byte.
    var quality: UInt8 = 192

    init(time: Int64, value: Double, quality: UInt8 = 192) {
        self.time = time
        self.value = value
        self.quality = quality
    }

    /// Reads a line `t_ms,value,quality`; a missing value is a NaN.
    init?(_ line: Substring) {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        guard cells.count == 3, let time = Int64(cells[0]), let quality = UInt8(cells[2]) else { return nil }
        self.init(time: time, value: Double(cells[1]) ?? .nan, quality: quality)
    }

    var description: String { "\(time),\(value),\(quality)" }
}
