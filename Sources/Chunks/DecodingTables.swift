/// The tables of a series, laid out for decoding: for each of the 4,096 values that the low bits of a state can have,
/// the token, its frequency, and how far into the token's share the value lies.
struct DecodingTables {
    /// One word a slot, 4,096 a context: token in bits 0 to 7, frequency less one in 8 to 19, the rest above.
    let slots: [UInt32]
    /// By token: the number it stands for with raw bits of zero, and how many raw bits follow.
    let numbers: [UInt64]
    let rawBits: [UInt64]
    /// Whether any token has raw bits.
    let hasRawBits: Bool

    init(_ tables: [SymbolTable], _ shape: TokenShape) {
        guard !tables.isEmpty else {
            (slots, numbers, rawBits, hasRawBits) = ([], [], [], false)
            return
        }
        slots = unsafe [UInt32](unsafeUninitializedCapacity: tables.count * SymbolTable.total) { buffer, count in
            for table in tables {
                for (token, frequency) in table.frequencies.enumerated() where frequency > 0 {
                    let word = UInt32(token) | (UInt32(frequency) - 1) << 8
                    // The frequencies of a table add up to the 4,096 slots reserved for it.
                    for offset in 0..<Int(frequency) {
                        unsafe buffer[count &+ offset] = word | UInt32(truncatingIfNeeded: offset) &<< 20
                    }
                    count += Int(frequency)
                }
            }
        }
        // Every byte has an entry, so that no token can point beyond.
        let tokens = UInt64(0)...UInt64(TokenShape.lastToken)
        let most = UInt64(shape.tokens)
        numbers = tokens.map { $0 < most ? shape.number($0) : 0 }
        rawBits = tokens.map { $0 < most ? shape.rawBits($0) : 0 }
        let bits = rawBits
        hasRawBits = tables.contains { table in
            table.codes.indices.contains { table.codes[$0] > 0 && bits[$0] > 0 }
        }
    }
}
