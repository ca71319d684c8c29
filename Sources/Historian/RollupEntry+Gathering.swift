extension RollupEntry {
    /// Sums of decimals are kept as the decimals they are: so many digits are tried.
    private static let powers: [Double] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]

    /// Gathers samples into stretches of `width` milliseconds, for a series in rising order. Bad samples and values
    /// that are none do not count; a stretch without any other is left out.
    static func gather(_ series: SampleSeries, width: Int64) -> [RollupEntry] {
        var entries: [RollupEntry] = []
        for place in series.times.indices where series.qualities[place] & 0xC0 != 0 && series.values[place].isFinite {
            let start = RollupEntry.start(of: series.times[place], width: width)
            if entries.last?.start == start {
                entries[entries.count - 1].add(series.values[place])
            } else {
                let value = series.values[place]
                entries.append(RollupEntry(start: start, least: value, greatest: value, sum: value, count: 1))
            }
        }
        return roundingSums(entries, series.values)
    }

    static func start(of time: Int64, width: Int64) -> Int64 {
        let offset = time % width
        return time - (offset < 0 ? offset + width : offset)
    }

    /// Takes the rounding noise out of sums of decimals: what is written is shorter, and nearer the truth.
    private static func roundingSums(_ entries: [RollupEntry], _ values: [Double]) -> [RollupEntry] {
        let power = powers.first { power in
            values.allSatisfy { !$0.isFinite || ($0 * power).rounded() / power == $0 }
        }
        guard let power else { return entries }
        return entries.map { entry in
            let scaled = (entry.sum * power).rounded()
            guard scaled.magnitude < 0x1p52 else { return entry }
            return RollupEntry(
                start: entry.start, least: entry.least, greatest: entry.greatest, sum: scaled / power,
                count: entry.count)
        }
    }
}
