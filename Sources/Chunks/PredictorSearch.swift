/// Finds the predictor that leaves the least to be coded, by trying on parts of a series.
struct PredictorSearch {
    /// Numbers at the start of a stretch that are not counted, so that averages settle.
    private static let settling = 64
    private static let stretch = 448
    private static let stretches = 4
    private static let manyBits = 8.0
    /// What a token in a table is taken to cost, in bits.
    static let tokenCost = 3.5

    private let numbers: [Int64]
    private let fraction: UInt8
    private var parts: [Range<Int>]
    /// What was tried, with the bits that a number takes by estimate.
    private var tried: [(predictor: Predictor, bits: Double)] = []

    /// `numbers` are not empty.
    init(_ numbers: [Int64]) {
        self.numbers = numbers
        let widest = numbers.reduce(0) { $0 | $1.magnitude }
        fraction = UInt8(max(0, min(16, widest.leadingZeroBitCount - 4)))
        parts = Self.parts(of: numbers.count, stretch: Self.stretch)
    }

    private static func parts(of count: Int, stretch: Int) -> [Range<Int>] {
        let whole = settling + stretch
        guard count > stretches * whole else { return [0..<count] }
        let free = count - stretches * whole
        return (0..<stretches).map { part in
            let start = part * whole + free * part / (stretches - 1)
            return start..<start + whole
        }
    }

    /// The best predictor, and the bits that a number takes with it by estimate. With `grid`, also tries steps of
    /// equal length.
    mutating func best(grid: Bool, effort: EncodingEffort) -> (predictor: Predictor, bits: Double) {
        var best = (predictor: Predictor(), bits: Double.infinity)
        if grid {
            for predictor in grids() { consider(predictor, &best) }
            // Times are no noise around a level that an average would find.
            for trend in [0, Predictor.none] { consider(Predictor(gain: 0, trend: trend), &best) }
            return best
        }
        consider(Predictor(), &best)
        // Where a number takes many bits anyhow, a closer look is worth its time.
        if best.bits > 4, effort == .thorough {
            parts = Self.parts(of: numbers.count, stretch: 2 * Self.stretch)
            tried = []
            best.bits = .infinity
            consider(Predictor(), &best)
        }
        let few = numbers.count < 64 || effort == .quick
        let gains: [UInt8] = few ? [4, 8, Predictor.none] : [2, 4, 6, 8, 12, Predictor.none]
        for gain in gains { consider(Predictor(gain: gain, fraction: fraction), &best) }
        guard effort == .thorough, best.predictor.gain != Predictor.none, fraction > 0, best.bits > 0.01 else {
            return best
        }
        considerOthers(near: best.predictor.gain, by: 1, &best)
        considerTrends(&best)
        return best
    }

    /// Predictors that the estimate finds about as good as the best, that one first; only for numbers that take so many
    /// bits that a small part of them counts.
    func rivals(of best: (predictor: Predictor, bits: Double)) -> [Predictor] {
        guard best.bits > Self.manyBits else { return [best.predictor] }
        let others = tried.filter { $0.predictor != best.predictor && $0.bits < best.bits * 1.01 }
        return [best.predictor] + others.sorted { $0.bits < $1.bits }.prefix(3).map(\.predictor)
    }

    /// The best predictor with another gain, by so many steps.
    private mutating func considerOthers(
        near gain: UInt8, by step: UInt8, _ best: inout (predictor: Predictor, bits: Double)
    ) {
        for other in [gain &- step, gain + step] where other <= 14 {
            var predictor = best.predictor
            predictor.gain = other
            predictor.fraction = fraction
            consider(predictor, &best)
        }
    }

    private mutating func considerTrends(_ best: inout (predictor: Predictor, bits: Double)) {
        let gain = best.predictor.gain
        for trend in [0, 4, 8, 12] as [UInt8] where trend >= gain / 2 && (trend == 0) == (gain == 0) {
            consider(Predictor(gain: gain, trend: trend, fraction: fraction), &best)
        }
        let trend = best.predictor.trend
        guard trend != Predictor.none, trend > 2 else { return }
        for other in [trend - 2, trend + 2] {
            var predictor = best.predictor
            predictor.trend = other
            consider(predictor, &best)
        }
        // With a trend the position itself may follow faster or more slowly.
        considerOthers(near: gain, by: 2, &best)
    }

    /// Grids of the usual distance, and of the mean distance with missing samples counted.
    private func grids() -> [Predictor] {
        guard numbers.count > 2 else { return [] }
        let stride = stride(from: 1, to: numbers.count, by: max(1, numbers.count / 1_024))
        var some = stride.map { numbers[$0] &- numbers[$0 - 1] }
        some.sort()
        let usual = some[some.count / 2]
        var grids = [Predictor(gain: 0, fraction: 0, velocity: usual)]
        let mean = Double(numbers[numbers.count - 1] &- numbers[0]) / Double(max(1, steps(of: usual)))
        for distance in [Double(usual), mean.rounded(.toNearestOrAwayFromZero), mean] {
            guard distance >= 1, distance < 0x1p40 else { continue }
            let velocity = Int64((distance * Double(1 << Int(fraction))).rounded(.toNearestOrAwayFromZero))
            let plain = Predictor(gain: Predictor.none, fraction: fraction, velocity: velocity)
            for gain in [Predictor.none, 12] where fraction > 0 || gain == Predictor.none {
                var grid = plain
                grid.gain = gain
                grid.missBits = 1
                grids.append(grid)
            }
            if grids.count == 3 { grids.append(plain) }
        }
        var different: [Predictor] = []
        for grid in grids where grid.isValid && !different.contains(grid) { different.append(grid) }
        return different
    }

    /// How many steps of a grid of about this distance all numbers span.
    private func steps(of distance: Int64) -> Int64 {
        guard distance > 0 else { return Int64(numbers.count - 1) }
        return zip(numbers, numbers.dropFirst()).reduce(0) { $0 &+ ($1.1 &- $1.0 &+ distance / 2) / distance }
    }

    private mutating func consider(_ predictor: Predictor, _ best: inout (predictor: Predictor, bits: Double)) {
        let bits = self.bits(predictor)
        tried.append((predictor, bits))
        // The simpler ones come first; another has to be better by more than chance.
        if bits < best.bits * 0.998 { best = (predictor, bits) }
    }

    /// The bits that a number takes, by the entropy of tokens; in contexts of the fraction where that is less.
    private func bits(_ predictor: Predictor) -> Double {
        let shape = TokenShape.candidates[0]
        let rule = Predictor.Rule(predictor)
        let split: Int64 = predictor.fraction >= 3 && predictor.gain != Predictor.none ? 3 : 0
        let settling = parts.count > 1 ? Self.settling : 0
        var raw: UInt64 = 0
        var highest: UInt64 = 0
        var counted = 0
        var histogram = [Int32](repeating: 0, count: 8 * (TokenShape.lastToken + 1))
        let starts = starts(predictor)
        unsafe histogram.withUnsafeMutableBufferPointer { histogram in
            unsafe numbers.withUnsafeBufferPointer { numbers in
                for (part, start) in zip(parts, starts) {
                    var state = predictor.state(start: start, velocity: predictor.velocity)
                    for sample in part {
                        let steps = unsafe predictor.missBits > 0 ? rule.steps(to: numbers[sample], state) : 0
                        if steps != 0 {
                            rule.skip(&state, steps: steps)
                            raw = raw &+ 8 &+ UInt64(truncatingIfNeeded: 64 &- steps.magnitude.leadingZeroBitCount)
                        }
                        let rounded = rule.rounded(state)
                        let miss = unsafe numbers[sample] &- rule.prediction(rounded)
                        rule.advance(&state, miss: miss)
                        if sample &- part.lowerBound < settling { continue }
                        let token = min(shape.token(miss.zigzag), 255)
                        raw = raw &+ shape.rawBits(token)
                        highest = max(highest, token)
                        unsafe histogram[rule.part(rounded, bits: split) &<< 8 | Int(truncatingIfNeeded: token)] &+= 1
                    }
                    counted += part.count - settling
                }
            }
        }
        return (Double(raw) + entropy(histogram, highest: Int(highest), counted)) / Double(counted)
    }

    /// Where the stretches start: a grid that never moves runs on through all of them from the first.
    private func starts(_ predictor: Predictor) -> [Int64] {
        if predictor.gain == Predictor.none && predictor.velocity == 0 {
            return [Int64](
                repeating: StartFinder.start(of: predictor, numbers: numbers, from: 0), count: parts.count)
        }
        guard predictor.gain == Predictor.none, predictor.velocity != 0 else {
            return parts.map { StartFinder.start(of: predictor, numbers: numbers, from: $0.lowerBound) }
        }
        let first = StartFinder.start(of: predictor, numbers: numbers, from: 0)
        return parts.map { first &+ ((predictor.velocity &* Int64($0.lowerBound)) &>> predictor.startShift) }
    }

    private func entropy(_ histogram: [Int32], highest: Int, _ counted: Int) -> Double {
        // Of its table's cost a part has its share; and its own frequencies describe a part better than they will the
        // whole, by half a unit of log2 e for each.
        let share = Double(counted) / Double(numbers.count)
        let scale = Self.tokenCost * share + 0.72 * (1 - share)
        var split = 0.0
        var whole = 0.0
        var sums = [Int](repeating: 0, count: 8)
        for token in 0...highest {
            var sum = 0
            for part in 0..<8 {
                let count = Int(histogram[part << 8 | token])
                guard count > 0 else { continue }
                sum += count
                sums[part] += count
                split += scale - Logarithm.weighted[count]
            }
            if sum > 0 { whole += scale - Logarithm.weighted[sum] }
        }
        whole += Logarithm.weighted[counted]
        for sum in sums { split += Logarithm.weighted[sum] }
        return min(whole, split)
    }
}
