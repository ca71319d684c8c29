/// Bits one after the other, each byte filled from its highest bit down.
struct BitWriter {
    private(set) var bytes: [UInt8] = []
    private var open: UInt64 = 0
    private var filled: UInt64 = 0

    /// Appends the lowest `count` bits of `value`, highest first. `count` is at most 64.
    @inline(__always)
    mutating func append(_ value: UInt64, _ count: UInt64) {
        if count > 32 {
            short(value >> 32, count - 32)
            short(value & 0xFFFF_FFFF, 32)
        } else {
            short(value, count)
        }
    }

    @inline(__always)
    private mutating func short(_ value: UInt64, _ count: UInt64) {
        open = open &<< count | (value & ((1 &<< count) &- 1))
        filled &+= count
        while filled >= 8 {
            filled &-= 8
            bytes.append(UInt8(truncatingIfNeeded: open &>> filled))
        }
    }

    /// Fills the last byte with zeros.
    mutating func finish() {
        if filled > 0 { short(0, 8 - filled) }
    }
}
