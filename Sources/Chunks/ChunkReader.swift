/// Reads the numbers of a chunk's header; running past the end is an error, never a trap.
struct ChunkReader {
    let bytes: [UInt8]
    private(set) var place: Int
    let end: Int

    /// Reads only what lies in `range`, which has to lie within the bytes.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        place = range.lowerBound
        end = range.upperBound
    }

    mutating func byte(_ part: String) throws(ChunkError) -> UInt8 {
        guard place < end else { throw .ended(within: part) }
        place += 1
        return bytes[place - 1]
    }

    /// LEB128 of at most ten bytes.
    mutating func unsigned(_ part: String) throws(ChunkError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 70 {
            let next = try byte(part)
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
        }
        throw .outOfRange(what: part, value: value)
    }

    /// An unsigned number that may not be above `limit`.
    mutating func unsigned(_ part: String, atMost limit: Int) throws(ChunkError) -> Int {
        let value = try unsigned(part)
        guard value <= UInt64(limit) else { throw .outOfRange(what: part, value: value) }
        return Int(value)
    }

    mutating func signed(_ part: String) throws(ChunkError) -> Int64 { Int64(zigzag: try unsigned(part)) }

    mutating func fixed(_ part: String) throws(ChunkError) -> UInt64 {
        guard end - place >= 8 else { throw .ended(within: part) }
        var value: UInt64 = 0
        for offset in 0..<8 { value |= UInt64(bytes[place + offset]) << UInt64(8 * offset) }
        place += 8
        return value
    }

    /// Steps over `count` bytes and says where they are.
    mutating func skip(_ count: Int, _ part: String) throws(ChunkError) -> Range<Int> {
        guard count <= end - place else { throw .ended(within: part) }
        place += count
        return place - count..<place
    }
}
