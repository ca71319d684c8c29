/// Reads back what a `ByteWriter` wrote; running past the end is an error, never a trap.
package struct ByteReader {
    package struct EndOfBytes: Error {}

    private let bytes: [UInt8]
    package private(set) var place = 0

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { place == bytes.count }

    package mutating func byte() throws(EndOfBytes) -> UInt8 {
        guard place < bytes.count else { throw EndOfBytes() }
        place += 1
        return bytes[place - 1]
    }

    package mutating func unsigned() throws(EndOfBytes) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
            guard shift < 70 else { throw EndOfBytes() }
        }
    }

    package mutating func signed() throws(EndOfBytes) -> Int64 {
        let value = try unsigned()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    package mutating func fixed() throws(EndOfBytes) -> UInt64 {
        guard place + 8 <= bytes.count else { throw EndOfBytes() }
        var value: UInt64 = 0
        for offset in 0..<8 { value |= UInt64(bytes[place + offset]) << UInt64(8 * offset) }
        place += 8
        return value
    }

    package mutating func bytes(_ count: Int) throws(EndOfBytes) -> [UInt8] {
        guard count >= 0, count <= bytes.count - place else { throw EndOfBytes() }
        place += count
        return Array(bytes[place - count..<place])
    }
}
