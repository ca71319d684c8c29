/// Which contexts and which shape of tokens make the misses of a series smallest.
struct ContextChoice {
    private(set) var shape = TokenShape.candidates[0]
    private(set) var contexts = Contexts()
    /// The activity that blocks start with.
    private(set) var activity: UInt64 = 0
    /// By context and token, 256 a context, how often it occurs.
    private(set) var counts: [Int32] = []
    /// By sample, the bits of the activity before it.
    private var activityBits: [UInt8] = []
    /// The bits that the parts given have.
    private let cut: Int

    init(_ misses: [UInt64], _ parts: [UInt8], _ predictor: Predictor, _ effort: EncodingEffort) {
        cut = Int(min(3, predictor.fraction))
        let tokens = misses.map { UInt8(truncatingIfNeeded: min(255, TokenShape.candidates[0].token($0))) }
        let rows = Self.histogram(tokens, by: parts, rows: 8)
        var best = Self.entropy(Self.merged(rows, 0...7))
        let plain = best
        let limit = predictor.gain == Predictor.none ? 0 : cut
        for bits in stride(from: 1, through: limit, by: 1) {
            let width = 1 << (cut - bits)
            var cost = 0.0
            for part in 0..<1 << bits { cost += Self.entropy(Self.merged(rows, part * width...(part + 1) * width - 1)) }
            if cost < best {
                best = cost
                contexts = Contexts(fractionBits: UInt8(bits))
            }
        }
        // Times on a grid do not become uneasy for a while.
        if predictor.missBits == 0, effort == .thorough {
            follow(misses, predictor)
            considerActivity(tokens, plain: plain, &best)
        }
        chooseShape(misses, parts, effort == .thorough ? TokenShape.candidates[...] : TokenShape.candidates[..<2])
    }

    /// Follows the activity through all samples. Blocks start with what the mean miss comes to.
    private mutating func follow(_ misses: [UInt64], _ predictor: Predictor) {
        let rule = Predictor.Rule(predictor)
        let mean = misses.reduce(0.0) { $0 + Double($1) } / Double(misses.count) / 2
        activity = UInt64(min(mean, 0x1p40) * 512)
        let start = activity
        activityBits = unsafe [UInt8](unsafeUninitializedCapacity: misses.count) { bits, filled in
            for block in 0..<ChunkLimits.blocks(of: misses.count) {
                var state = Predictor.State(position: 0, velocity: 0, activity: start)
                for sample in ChunkLimits.samples(inBlock: block, of: misses.count) {
                    unsafe bits[sample] = UInt8(truncatingIfNeeded: 64 &- state.activity.leadingZeroBitCount)
                    rule.note(&state, miss: rule.miss(misses[sample]))
                }
            }
            filled = misses.count
        }
    }

    private mutating func considerActivity(_ tokens: [UInt8], plain: Double, _ best: inout Double) {
        let lowest = Int(activityBits.min() ?? 0)
        let highest = Int(activityBits.max() ?? 0)
        guard highest > lowest, plain > 100 else { return }
        let rows = Self.histogram(tokens, by: activityBits, rows: 65)
        let single = (0...highest).map { $0 < lowest ? 0 : Self.entropy(Array(rows[$0 << 8..<($0 + 1) << 8])) }
        for quiet in lowest..<highest {
            for classes in [2, 3, 4, 6, 8] where quiet + classes - 1 <= highest {
                let last = quiet + classes - 1
                var cost = Self.entropy(Self.merged(rows, lowest...quiet))
                cost += Self.entropy(Self.merged(rows, last...highest))
                for bits in quiet + 1..<max(quiet + 1, last) { cost += single[bits] }
                if cost < best {
                    best = cost
                    contexts = Contexts(classes: UInt8(classes), quiet: UInt8(quiet))
                }
            }
        }
    }

    private mutating func chooseShape(
        _ misses: [UInt64], _ parts: [UInt8], _ candidates: ArraySlice<TokenShape>
    ) {
        let places = places(misses, parts)
        var best = Double.infinity
        let widest = misses.reduce(0) { $0 | $1 }
        for candidate in candidates {
            // Where every number is its own token, one shape is like the other.
            if best < .infinity && widest >> shape.direct == 0 { break }
            var raw: UInt64 = 0
            var fits = true
            var counts = [Int32](repeating: 0, count: contexts.count << 8)
            unsafe counts.withUnsafeMutableBufferPointer { counts in
                for sample in misses.indices {
                    let token = candidate.token(misses[sample])
                    fits = fits && token <= UInt64(TokenShape.lastToken)
                    raw = raw &+ candidate.rawBits(token)
                    unsafe counts[Int(places[sample]) &<< 8 | Int(truncatingIfNeeded: token & 255)] &+= 1
                }
            }
            guard fits else { continue }
            let cost = Double(raw) + Self.entropy(counts)
            if cost < best {
                best = cost
                shape = candidate
                self.counts = counts
            }
        }
    }

    /// By sample, the context.
    func places(_ misses: [UInt64], _ parts: [UInt8]) -> [UInt8] {
        guard contexts.count > 1 else { return [UInt8](repeating: 0, count: misses.count) }
        if contexts.classes == 1 {
            return parts.map { $0 >> UInt8(cut - Int(contexts.fractionBits)) }
        }
        return activityBits.map { UInt8(max(0, min(Int($0) - Int(contexts.quiet), Int(contexts.classes) - 1))) }
    }

    /// By row and token, 256 a row, how often it occurs. `places` are the rows of the tokens.
    private static func histogram(_ tokens: [UInt8], by places: [UInt8], rows: Int) -> [Int32] {
        var histogram = [Int32](repeating: 0, count: rows << 8)
        unsafe histogram.withUnsafeMutableBufferPointer { histogram in
            for (token, place) in zip(tokens, places) {
                unsafe histogram[Int(place) &<< 8 | Int(token)] &+= 1
            }
        }
        return histogram
    }

    private static func merged(_ rows: [Int32], _ range: ClosedRange<Int>) -> [Int32] {
        var sum = [Int32](repeating: 0, count: 256)
        for row in range {
            for token in 0..<256 { sum[token] &+= rows[row << 8 | token] }
        }
        return sum
    }

    /// The bits of tokens with these counts, tables included.
    private static func entropy(_ counts: [Int32]) -> Double {
        var bits = 0.0
        for row in 0..<counts.count >> 8 {
            var sum = 0
            for token in 0..<256 {
                let count = Int(counts[row << 8 | token])
                guard count > 0 else { continue }
                sum += count
                bits += PredictorSearch.tokenCost - Logarithm.weighted[count]
            }
            bits += Logarithm.weighted[sum] + 13
        }
        return bits
    }
}
