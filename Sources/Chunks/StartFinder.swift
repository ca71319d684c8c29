/// Where a predictor had best start.
enum StartFinder {
    /// A start, in the unit that starts are stored in, for the numbers from `from` on: their centre if the predictor
    /// never moves, the mean of the first few if it averages, else the first.
    static func start(of predictor: Predictor, numbers: [Int64], from: Int) -> Int64 {
        let left = numbers.count - from
        let first = numbers[from]
        let unit = Int64(predictor.fraction) - predictor.startShift
        if predictor.velocity != 0 {
            return (first &<< unit) &+ phase(of: predictor, numbers: numbers, from: from)
        }
        if predictor.gain == Predictor.none {
            let step = max(1, numbers.count / 256)
            var some = stride(from: 0, to: numbers.count, by: step).map { numbers[$0] }
            some.sort()
            return some[some.count / 2] &<< unit
        }
        let length = min(left, 1 << min(4, Int(predictor.gain / 2)))
        var sum: Int64 = 0
        for sample in from..<from + length { sum = sum &+ (numbers[sample] &- first) }
        return (first &<< unit) &+ ((sum &<< unit) / Int64(length))
    }

    /// How far the first of a row of times lies before the middle of its step: the median over up to 256.
    private static func phase(of predictor: Predictor, numbers: [Int64], from: Int) -> Int64 {
        guard predictor.gain == Predictor.none else { return 0 }
        let unit = predictor.fraction - UInt8(predictor.startShift)
        let rule = Predictor.Rule(predictor)
        let first = numbers[from]
        var state = predictor.state(start: first &<< Int64(unit), velocity: predictor.velocity)
        var misses: [Int64] = []
        for sample in from..<min(numbers.count, from + 256) {
            if predictor.missBits > 0 { rule.skip(&state, steps: rule.steps(to: numbers[sample], state)) }
            let miss = numbers[sample] &- rule.prediction(rule.rounded(state))
            rule.advance(&state, miss: miss)
            misses.append(miss)
        }
        misses.sort()
        let middle = misses[misses.count / 2]
        return middle.magnitude < 1 << 40 ? middle << Int64(unit) : 0
    }
}
