/// Codes the tokens of a block: what `BlockStream` reads.
struct BlockCoder {
    private let tables: [SymbolTable]
    private let shape: TokenShape
    /// By context and token: the slots before its own, and their number.
    private var spans: [(start: UInt32, length: UInt32)]

    init(_ tables: [SymbolTable], _ shape: TokenShape) {
        self.tables = tables
        self.shape = shape
        spans = [(UInt32, UInt32)](repeating: (0, 0), count: tables.count << 8)
        for (context, table) in tables.enumerated() {
            var start: UInt32 = 0
            for (token, frequency) in table.frequencies.enumerated() {
                spans[context << 8 | token] = (start, UInt32(frequency))
                start += UInt32(frequency)
            }
        }
    }

    /// The block's bytes. `misses` are zigzag, `places` their contexts. All their tokens are in the tables.
    func code(_ misses: [UInt64], _ places: [UInt8], _ samples: Range<Int>) -> [UInt8] {
        var raw = BitWriter()
        let tokens = unsafe [UInt8](unsafeUninitializedCapacity: samples.count) { tokens, filled in
            for sample in samples {
                let token = shape.token(misses[sample])
                unsafe tokens[sample &- samples.lowerBound] = UInt8(truncatingIfNeeded: token)
                let length = shape.rawBits(token)
                if length > 0 { raw.append(misses[sample] & ((1 &<< length) &- 1), length) }
            }
            filled = samples.count
        }
        raw.finish()
        var states = (even: BlockStream.lower, odd: BlockStream.lower)
        // No token takes more than one word.
        let words = unsafe [UInt16](unsafeUninitializedCapacity: samples.count) { words, filled in
            unsafe spans.withUnsafeBufferPointer { spans in
                for index in tokens.indices.reversed() {
                    let place = Int(places[samples.lowerBound &+ index])
                    let span = unsafe spans[place &<< 8 | Int(tokens[index])]
                    let word = index & 1 == 0 ? Self.push(&states.even, span) : Self.push(&states.odd, span)
                    guard let word else { continue }
                    unsafe words[filled] = word
                    filled &+= 1
                }
            }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(BlockStream.head + words.count * 2 + raw.bytes.count)
        for state in [states.even, states.odd] {
            for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: state >> shift)) }
        }
        for word in words.reversed() {
            bytes.append(UInt8(truncatingIfNeeded: word))
            bytes.append(UInt8(truncatingIfNeeded: word >> 8))
        }
        bytes.append(contentsOf: raw.bytes.reversed())
        return bytes
    }

    /// Puts a token into a state; returns the word that had to leave it first, if one had to.
    @inline(__always)
    private static func push(_ state: inout UInt32, _ span: (start: UInt32, length: UInt32)) -> UInt16? {
        var word: UInt16?
        if UInt64(state) >= UInt64(span.length) &<< 20 {
            word = UInt16(truncatingIfNeeded: state)
            state = state &>> 16
        }
        let (quotient, remainder) = state.quotientAndRemainder(dividingBy: span.length)
        state = quotient &<< SymbolTable.bits &+ remainder &+ span.start
        return word
    }
}
