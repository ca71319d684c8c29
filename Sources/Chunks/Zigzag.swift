extension Int64 {
    /// 0, −1, 1, −2 … become 0, 1, 2, 3 …
    @inline(__always)
    var zigzag: UInt64 { UInt64(bitPattern: (self &<< 1) ^ (self &>> 63)) }

    /// The number whose `zigzag` this is.
    @inline(__always)
    init(zigzag value: UInt64) { self = Int64(bitPattern: value &>> 1) ^ (0 &- Int64(bitPattern: value & 1)) }
}
