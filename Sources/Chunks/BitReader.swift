/// Reads what a `BitWriter` wrote, bit by bit; for headers, where speed does not matter.
struct BitReader {
    private var reader: ChunkReader
    private var open: UInt8 = 0
    private var left = 0

    init(_ reader: ChunkReader) { self.reader = reader }

    /// The reader behind the last byte of which a bit was taken.
    var rest: ChunkReader { reader }

    mutating func bit(_ part: String) throws(ChunkError) -> Int {
        if left == 0 {
            open = try reader.byte(part)
            left = 8
        }
        left -= 1
        return Int(open >> UInt8(left)) & 1
    }

    mutating func bits(_ count: Int, _ part: String) throws(ChunkError) -> Int {
        var value = 0
        for _ in 0..<count { value = value << 1 | (try bit(part)) }
        return value
    }
}
