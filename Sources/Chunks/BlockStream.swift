/// The bytes of one coded block while they are decoded: two interleaved rANS states that take 16-bit words from the
/// front, and raw bits taken from the back.
///
/// Reading never leaves the block: places are clamped into it, and what was read beyond its end is found out once, by
/// `isSpent`, rather than with every word. Pointers are used because this is the hottest loop there is.
@safe struct BlockStream {
    /// Below this a state takes another word.
    static let lower: UInt32 = 1 << 16
    /// The bytes of the two states.
    static let head = 8

    private let bytes: UnsafePointer<UInt8>
    private let count: Int
    private let slots: UnsafePointer<UInt32>
    private var first: UInt32
    private var second: UInt32
    private var place = head
    private var bits = 0

    /// `bytes` are `count`, at least `head`, and `slots` are those of the block's tables.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, count: Int, slots: UnsafePointer<UInt32>) {
        unsafe self.bytes = bytes
        self.count = count
        unsafe self.slots = slots
        first = unsafe UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self)
        second = unsafe UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: 4, as: UInt32.self)
    }

    /// The token that a state holds, by the table of a context that there is, and the state after it.
    @inline(__always)
    private mutating func token(_ held: UInt32, _ context: Int) -> (state: UInt32, token: UInt8) {
        let slot = held & UInt32(SymbolTable.total - 1)
        let word = unsafe slots[context &<< 12 &+ Int(slot)]
        let frequency = (word &>> 8 & 0xFFF) &+ 1
        let state = frequency &* (held &>> SymbolTable.bits) &+ word &>> 20
        let spot = min(place, count &- 2)
        let next = unsafe UInt32(UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: spot, as: UInt16.self))
        let needs = state < Self.lower
        place = place &+ (needs ? 2 : 0)
        return (needs ? state &<< 16 | next : state, UInt8(truncatingIfNeeded: word))
    }

    /// The next token of the samples with even numbers in the block.
    @inline(__always)
    mutating func even(_ context: Int = 0) -> UInt8 {
        let (state, token) = token(first, context)
        first = state
        return token
    }

    /// The next token of the samples with odd numbers in the block.
    @inline(__always)
    mutating func odd(_ context: Int = 0) -> UInt8 {
        let (state, token) = token(second, context)
        second = state
        return token
    }

    /// The next `length` raw bits, at most 63.
    @inline(__always)
    mutating func raw(_ length: UInt64) -> UInt64 {
        if length > 56 { return wide(length) }
        return short(length)
    }

    @inline(never)
    private mutating func wide(_ length: UInt64) -> UInt64 { short(length &- 32) &<< 32 | short(32) }

    @inline(__always)
    private mutating func short(_ length: UInt64) -> UInt64 {
        let spot = max(0, count &- 8 &- bits &>> 3)
        let word = unsafe UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: spot, as: UInt64.self)
        let value = ((word &<< UInt64(truncatingIfNeeded: bits & 7)) &>> 1) &>> (63 &- length)
        bits = bits &+ Int(truncatingIfNeeded: length)
        return value
    }

    /// Whether words and raw bits met exactly, and both states are where the encoder started from.
    var isSpent: Bool {
        first == Self.lower && second == Self.lower && place &+ (bits &+ 7) / 8 == count
    }
}
