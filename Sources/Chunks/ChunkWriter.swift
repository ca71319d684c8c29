/// Appends the numbers of a chunk's header, small ones in few bytes.
struct ChunkWriter {
    private(set) var bytes: [UInt8] = []

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    /// LEB128: seven bits a byte, lowest first.
    mutating func unsigned(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Zigzag, then LEB128, so that small negative numbers are short too.
    mutating func signed(_ value: Int64) { unsigned(value.zigzag) }

    /// Eight bytes, little-endian.
    mutating func fixed(_ value: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }
}
