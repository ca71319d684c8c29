/// The bytes of one coded block while they are decoded: two interleaved rANS states that take 16-bit words from the
/// front, and raw bits taken from the back.
///
/// Reading never leaves the block: places are clamped into it, and what was read beyond its end is found out once, by
/// `isSpent`, rather than with every word. Pointers are used because this is the hottest loop there is.
@safe struct BlockStream {
    /// Below this a state takes another word.
    static let lower: UInt32 = 1 << 16
    /// The bits of a state that name its slot.
    private static let mask = UInt32(SymbolTable.total - 1)
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

    /// A state without the token that its slot's `word` tells of, before it takes another word of the block.
    @inline(__always)
    private static func next(_ held: UInt32, _ word: UInt32) -> UInt32 {
        ((word &>> 8 & 0xFFF) &+ 1) &* (held &>> SymbolTable.bits) &+ word &>> 20
    }

    /// The token that a state holds, by the table of a context that there is, and the state after it.
    @inline(__always)
    private mutating func token(_ held: UInt32, _ context: Int) -> (state: UInt32, token: UInt8) {
        let word = unsafe slots[context &<< 12 &+ Int(held & Self.mask)]
        let state = Self.next(held, word)
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

    /// The next two tokens where there is one context: the words that both states may need are read at once, so that
    /// the second does not wait for the first.
    @inline(__always)
    mutating func pair() -> (even: UInt8, odd: UInt8) {
        let words = unsafe (slots[Int(first & Self.mask)], slots[Int(second & Self.mask)])
        let states = (Self.next(first, words.0), Self.next(second, words.1))
        let spot = min(place, count &- 4)
        // Shifted near the end of the block, so that the lower half is what lies at `place`.
        let loaded =
            unsafe UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: spot, as: UInt32.self)
            &>> UInt32(truncatingIfNeeded: (place &- spot) &<< 3)
        let needs = (states.0 < Self.lower, states.1 < Self.lower)
        let rest = needs.0 ? loaded &>> 16 : loaded & 0xFFFF
        first = needs.0 ? states.0 &<< 16 | loaded & 0xFFFF : states.0
        second = needs.1 ? states.1 &<< 16 | rest : states.1
        place = place &+ (needs.0 ? 2 : 0) &+ (needs.1 ? 2 : 0)
        return (UInt8(truncatingIfNeeded: words.0), UInt8(truncatingIfNeeded: words.1))
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
