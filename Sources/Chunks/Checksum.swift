/// What the last four bytes of a column say about all before them, so that a damaged chunk is refused as a whole.
package enum Checksum {
    /// The bytes that it takes.
    static let size = 4
    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Eight bytes at a time, little-endian, the last ones filled up with zeros; each is mixed in by a multiplication
    /// and a shift. This finds accidents, not forgeries.
    package static func of(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var sum = UInt64(bytes.count)
        unsafe bytes.withUnsafeBytes { bytes in
            var place = 0
            while place &+ 8 <= bytes.count {
                mix(&sum, UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
                place &+= 8
            }
            var last: UInt64 = 0
            for offset in 0..<bytes.count &- place {
                last |= unsafe UInt64(bytes[place &+ offset]) << UInt64(8 * offset)
            }
            mix(&sum, last)
        }
        return UInt32(truncatingIfNeeded: sum)
    }

    @inline(__always)
    private static func mix(_ sum: inout UInt64, _ word: UInt64) {
        sum = (sum ^ word) &* factor
        sum ^= sum &>> 32
    }
}
