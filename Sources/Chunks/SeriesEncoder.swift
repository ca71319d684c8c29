/// Turns integers into the bytes of a `Series`: finds a predictor, runs it over all numbers, chooses how the misses
/// become tokens in contexts, and codes these.
struct SeriesEncoder {
    private let numbers: [Int64]
    private var predictor = Predictor()
    private var starts: [Int64] = []
    private var velocities: [Int64] = []
    /// By sample, what the prediction missed, zigzag.
    private var misses: [UInt64] = []
    /// By sample, the eighth between two numbers in which the prediction lay.
    private var parts: [UInt8] = []
    /// By sample, how many steps of a grid were skipped before it; empty if there is no grid.
    private var steps: [Int64] = []

    private init(_ numbers: [Int64]) { self.numbers = numbers }

    /// The series as bytes. With `grid`, numbers are taken for times.
    static func encode(_ numbers: [Int64], grid: Bool = false, effort: EncodingEffort = .thorough) -> [UInt8] {
        guard let first = numbers.first else { return exact(start: 0, velocity: 0) }
        let velocity = numbers.count > 1 ? numbers[1] &- first : 0
        if zip(numbers, numbers.dropFirst()).allSatisfy({ $1 &- $0 == velocity }) {
            return exact(start: first, velocity: velocity)
        }
        var search = PredictorSearch(numbers)
        let best = search.best(grid: grid, effort: effort)
        var coded = encode(numbers, with: best.predictor, effort)
        if effort == .thorough {
            for rival in search.rivals(of: best).dropFirst() {
                let other = encode(numbers, with: rival, effort)
                if other.count < coded.count { coded = other }
            }
        }
        return PackedSeries.encode(numbers, ifBelow: coded.count, effort: effort) ?? coded
    }

    private static func encode(
        _ numbers: [Int64], with predictor: Predictor, _ effort: EncodingEffort
    ) -> [UInt8] {
        var encoder = SeriesEncoder(numbers)
        encoder.predictor = predictor
        encoder.run()
        if encoder.predictor.missBits > 0 && !encoder.joinSteps() {
            // Steps and misses do not go into 64 bits together; differences always do.
            encoder = SeriesEncoder(numbers)
            encoder.run()
        }
        return encoder.coded(effort)
    }

    private static func exact(start: Int64, velocity: Int64) -> [UInt8] {
        var writer = ChunkWriter()
        writer.byte(Series.Kind.exact.rawValue)
        writer.signed(start)
        writer.signed(velocity)
        return writer.bytes
    }

    private static func write(
        _ predictor: Predictor, _ starts: [Int64], _ velocities: [Int64], to writer: inout ChunkWriter
    ) {
        writer.byte(predictor.gain)
        writer.byte(predictor.trend)
        writer.byte(predictor.fraction | (predictor.missBits > 0 ? 0x80 : 0))
        if predictor.missBits > 0 { writer.byte(predictor.missBits) }
        if predictor.trend == Predictor.none { writer.signed(predictor.velocity) }
        var expected: Int64 = 0
        for (start, velocity) in zip(starts, velocities) {
            writer.signed(start &- expected)
            expected = predictor.next(after: start)
            if predictor.trend != Predictor.none { writer.signed(velocity) }
        }
    }

    /// Puts the steps above the bits of the misses; false if they do not fit.
    private mutating func joinSteps() -> Bool {
        let widest = misses.reduce(0) { $0 | $1 }
        let missBits = max(1, 64 - widest.leadingZeroBitCount)
        guard missBits < 64, steps.allSatisfy({ $0.zigzag >> UInt64(64 - missBits) == 0 }) else { return false }
        predictor.missBits = UInt8(missBits)
        for sample in misses.indices { misses[sample] |= steps[sample].zigzag << UInt64(predictor.missBits) }
        return true
    }

    /// Runs the predictor over all blocks as a decoder will.
    private mutating func run() {
        let rule = Predictor.Rule(predictor)
        let split = Int64(min(3, predictor.fraction))
        misses = [UInt64](repeating: 0, count: numbers.count)
        parts = [UInt8](repeating: 0, count: numbers.count)
        var start = StartFinder.start(of: predictor, numbers: numbers, from: 0)
        var velocity = predictor.velocity
        for block in 0..<ChunkLimits.blocks(of: numbers.count) {
            var state = predictor.state(start: start, velocity: velocity)
            starts.append(start)
            velocities.append(velocity)
            let samples = ChunkLimits.samples(inBlock: block, of: numbers.count)
            unsafe misses.withUnsafeMutableBufferPointer { misses in
                unsafe parts.withUnsafeMutableBufferPointer { parts in
                    unsafe numbers.withUnsafeBufferPointer { numbers in
                        for sample in samples {
                            if predictor.missBits > 0 {
                                let skipped = unsafe rule.steps(to: numbers[sample], state)
                                rule.skip(&state, steps: skipped)
                                steps.append(skipped)
                            }
                            let rounded = rule.rounded(state)
                            let miss = unsafe numbers[sample] &- rule.prediction(rounded)
                            unsafe misses[sample] = miss.zigzag
                            unsafe parts[sample] = UInt8(truncatingIfNeeded: rule.part(rounded, bits: split))
                            rule.advance(&state, miss: miss)
                        }
                    }
                }
            }
            // Rounded, so that a start is not always a little low.
            let shift = predictor.startShift
            start = (state.position &+ (shift > 0 ? 1 << (shift - 1) : 0)) &>> shift
            velocity = state.velocity
        }
    }

    private mutating func coded(_ effort: EncodingEffort) -> [UInt8] {
        let choice = ContextChoice(misses, parts, predictor, effort)
        predictor.activity = choice.activity
        var writer = ChunkWriter()
        writer.byte(Series.Kind.coded.rawValue)
        Self.write(predictor, starts, velocities, to: &writer)
        let shape = choice.shape
        let contexts = choice.contexts
        writer.byte(UInt8(shape.direct | shape.mantissa << 4))
        writer.byte(contexts.fractionBits | contexts.classes << 4)
        if contexts.classes > 1 {
            writer.byte(contexts.quiet)
            writer.unsigned(predictor.activity)
        }
        let places = choice.places(misses, parts)
        var bits = BitWriter()
        var tables: [SymbolTable] = []
        for context in 0..<contexts.count {
            let counts = choice.counts[context << 8..<(context + 1) << 8]
            tables.append(SymbolTable.write(fitting: counts, after: tables.last?.codes ?? [], to: &bits))
        }
        bits.finish()
        writer.append(bits.bytes)
        let coder = BlockCoder(tables, shape)
        let blocks = (0..<ChunkLimits.blocks(of: numbers.count)).map { block in
            coder.code(misses, places, ChunkLimits.samples(inBlock: block, of: numbers.count))
        }
        for block in blocks { writer.unsigned(UInt64(block.count)) }
        for block in blocks { writer.append(block) }
        return writer.bytes
    }
}
