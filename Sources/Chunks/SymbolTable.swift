/// How probable each token of a context is, in 4096ths, and how that is written in few bits.
///
/// Not the frequencies are written but their logarithms: level l stands for a weight of 2^(l/4), 0 for a token that
/// does not occur. Every reader makes the same frequencies of the same levels, in integers.
struct SymbolTable {
    /// Frequencies add up to 2^`bits`.
    static let bits: UInt32 = 12
    static let total = 1 << 12
    /// A level takes no more than this; 2^(62/4) is above the number of samples.
    static let highestLevel = 62
    /// 2^(0/4), 2^(1/4), 2^(2/4) and 2^(3/4), in 128ths.
    private static let quarters = [128, 152, 181, 215]

    /// By token: 0 for one that does not occur, else the level plus one.
    let codes: [UInt8]
    /// By token, zero for one that does not occur. They add up to `total`.
    let frequencies: [UInt16]

    /// The table of these codes; nil if no token occurs.
    init?(codes: [UInt8]) {
        self.codes = codes
        var weights = [Int](repeating: 0, count: codes.count)
        var sum = 0
        var present = 0
        for (token, code) in codes.enumerated() where code > 0 {
            let level = Int(code) - 1
            weights[token] = Self.quarters[level & 3] << (level >> 2)
            sum += weights[token]
            present += 1
        }
        guard present > 0 else { return nil }
        var frequencies = [UInt16](repeating: 0, count: codes.count)
        var rest = Self.total
        var heaviest = 0
        for token in codes.indices where codes[token] > 0 {
            let frequency = 1 + weights[token] * (Self.total - present) / sum
            frequencies[token] = UInt16(frequency)
            rest -= frequency
            if weights[token] > weights[heaviest] { heaviest = token }
        }
        frequencies[heaviest] += UInt16(rest)
        self.frequencies = frequencies
    }

    /// The table that fits these counts best. `step` is 1 for levels of a quarter of an octave, 2 for halves.
    init(counts: ArraySlice<Int32>, step: Int) {
        let used = (counts.lastIndex { $0 > 0 }).map { $0 - counts.startIndex + 1 } ?? 1
        var codes = [UInt8](repeating: 0, count: used)
        for (token, count) in counts.prefix(used).enumerated() where count > 0 {
            let level = (Logarithm.base2(Double(count)) * Double(4 / step)).rounded(.toNearestOrAwayFromZero)
            codes[token] = UInt8(1 + step * Int(level))
        }
        if codes.allSatisfy({ $0 == 0 }) { codes[0] = 1 }
        // There is a token that occurs, so there is a table.
        self = SymbolTable(codes: codes) ?? SymbolTable.single
    }

    /// The table of a context in which only token 0 occurs.
    private static let single = SymbolTable(codes: [1], frequencies: [UInt16(total)])

    private init(codes: [UInt8], frequencies: [UInt16]) {
        self.codes = codes
        self.frequencies = frequencies
    }

    /// The bits that a stream of tokens with these counts takes with this table.
    func cost(of counts: ArraySlice<Int32>) -> Double {
        var cost = 0.0
        for (token, count) in counts.prefix(codes.count).enumerated() where count > 0 {
            cost += Double(count) * (12 - Logarithm.base2(Double(frequencies[token])))
        }
        return cost
    }
}
