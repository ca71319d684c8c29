/// The samples of the chunks in `GoldenTests`, made in integers, without any library function that might differ.
enum GoldenSamples {
    /// Forty times a second apart, a little off, with a gap of four seconds.
    static let times: [Int64] = (0..<40).map { sample in
        let jitter = sample * sample % 7
        let gap = sample > 20 ? 4_000 : 0
        return 1_763_880_000_000 + Int64(sample * 1_000 + jitter + gap)
    }
    static let receipts: [Int64] = times.enumerated().map { sample, time in time + 30 + Int64(sample % 3) }

    struct Column {
        let name: String
        let values: [Double]
        var qualities: [UInt8]

        init(_ name: String, count: Int = 40, _ value: (Int) -> Double) {
            self.name = name
            let values = (0..<count).map { value($0) }
            self.values = values
            // Bad where there is no value, uncertain for a while after each hundred samples.
            qualities = values.indices.map { values[$0].isNaN ? 0 : $0 % 100 < 8 && $0 > 99 ? 64 : 192 }
        }
    }

    static let columns = [
        Column("decimal") { Double(700 + $0 * $0 * 7 % 23) / 100 },
        Column("missing") { $0 % 10 == 9 ? .nan : Double(20 + $0 % 3) / 10 },
        Column("digits", count: 60) { Double($0 % 2 == 0 ? 999_000 + $0 * 13 : 1_001_000 + $0 * 40) / 1_000_000 },
        Column("dictionary", count: 600) { Double([0, 327_927, 655_855, -327_926][noise($0) % 4]) / 1_000_000 },
        Column("multiple") { Double(100 + $0 * $0 * 13 % 29) * 0.1 },
        Column("pattern") { 1 / Double(3 + $0 * $0 % 17) },
        Column("constant") { _ in 21.5 },
        Column("edges", count: 6) { [1.5, -0.0, .infinity, .leastNonzeroMagnitude, -1e300, 0.1][$0] },
        Column("none", count: 0) { _ in 0 },
        Column("level", count: 2_100) { Double((50_000 + $0 * 7 + noise($0) % 41) / 100) / 1_000 },
        Column("bursts", count: 2_100) { $0 / 300 % 2 == 0 ? 0 : Double(noise($0) % 9_000) },
        Column("repeating", count: 2_100) { Double(noise($0 % 300) % 30_000) / 10 },
        Column("ramp and noise", count: 300) { Double($0 * 250 + noise($0) % 40) / 10 },
    ]

    private static func noise(_ sample: Int) -> Int {
        var mixed = UInt32(truncatingIfNeeded: sample) &* 2_654_435_761
        mixed ^= mixed >> 15
        mixed = mixed &* 2_246_822_519
        mixed ^= mixed >> 13
        return Int(mixed >> 4)
    }
}
