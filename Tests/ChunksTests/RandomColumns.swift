/// The columns of a chunk of any shape, made from a seed.
struct RandomColumns {
    let times: [Int64]
    let receipts: [Int64]
    let values: [Double]
    let qualities: [UInt8]

    init(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let count = RandomColumns.count(&random)
        times = RandomColumns.times(count, &random)
        let isLagging = Bool.random(using: &random)
        receipts = times.map { time in
            isLagging ? time &+ Int64.random(in: 0...2_000, using: &random) : 1_750_000_000_000 &+ time % 7
        }
        values = RandomColumns.values(count, &random)
        let mostlyGood = Bool.random(using: &random)
        qualities = (0..<count).map { _ in
            mostlyGood && Int.random(in: 0..<50, using: &random) > 0 ? 192 : UInt8.random(in: 0...255, using: &random)
        }
    }

    /// Mostly few; sometimes none or one, a block and one more or less, or the most there may be.
    private static func count(_ random: inout SplitMix) -> Int {
        switch Int.random(in: 0..<200, using: &random) {
        case 0: 32_768
        case 1: Int.random(in: 2_046...2_050, using: &random)
        case 2: Int.random(in: 4_000...9_000, using: &random)
        case 3..<10: Int.random(in: 0...2, using: &random)
        default: Int.random(in: 10...300, using: &random)
        }
    }

    private static func times(_ count: Int, _ random: inout SplitMix) -> [Int64] {
        guard Int.random(in: 0..<12, using: &random) > 0 else {
            let extremes: [Int64] = [.min, .min + 1, -1, 0, 1, .max - 1, .max, 1 << 62]
            return (0..<count).map { _ in extremes[Int.random(in: 0..<extremes.count, using: &random)] }
        }
        return TimeShape.allCases[Int.random(in: 0..<TimeShape.allCases.count, using: &random)]
            .times(count, seed: random.next())
    }

    private static func values(_ count: Int, _ random: inout SplitMix) -> [Double] {
        var values = Shape.allCases[Int.random(in: 0..<Shape.allCases.count, using: &random)]
            .values(count, seed: random.next())
        let edges = [0, 0, 0, count / 20 + 1, count][Int.random(in: 0..<5, using: &random)]
        for _ in 0..<edges where count > 0 {
            let edge = EdgeValues.all[Int.random(in: 0..<EdgeValues.all.count, using: &random)]
            values[Int.random(in: 0..<count, using: &random)] = edge
        }
        return values
    }
}
