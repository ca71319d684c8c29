/// A quick 64-bit hash for look-ups and for recognising a message sent twice; not for evidence.
package enum PayloadHash {
    package static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        var hash = (seed &+ 0x9E37_79B9_7F4A_7C15) &* 0xFF51_AFD7_ED55_8CCD ^ UInt64(bytes.count)
        var place = 0
        while place < bytes.count {
            hash = mix(hash, unsafe word(bytes, at: place))
            place += 8
        }
        return mix(hash, UInt64(bytes.count))
    }

    /// Eight bytes as a little-endian word; zeros stand for those past the end.
    @inline(__always)
    static func word(_ bytes: UnsafeRawBufferPointer, at place: Int) -> UInt64 {
        let rest = bytes.count - place
        if rest >= 8 { return unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) }
        // The two halves overlap where the rest is no power of two; they agree there.
        if rest >= 4 {
            let low = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
            let high = unsafe bytes.loadUnaligned(fromByteOffset: bytes.count - 4, as: UInt32.self)
            return UInt64(low) | UInt64(high) << UInt64(8 * (rest - 4))
        }
        if rest >= 2 {
            let low = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self)
            let high = unsafe bytes.loadUnaligned(fromByteOffset: bytes.count - 2, as: UInt16.self)
            return UInt64(low) | UInt64(high) << UInt64(8 * (rest - 2))
        }
        return rest == 1 ? UInt64(unsafe bytes[place]) : 0
    }

    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low &+ 0x2545_F491_4F6C_DD1D
    }
}
