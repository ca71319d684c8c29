import ArgumentParser

/// `hazard-bench query`
struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "How long range queries take, in process, out of sealed day files.",
        discussion: """
            20 million samples of 1,000 points at 1 Hz, times jittering by 5 ms, and 30 days of four points at 1 Hz. Beside: \
            the same question asked of one table (point, t) of plain rows with the same samples.
            """)

    @OptionGroup var options: BenchOptions

    func run() throws {
        if options.wants("query.hour") {
            try QueryBench(points: 1_000, samplesPerPoint: 20_000).measureHour(options)
        }
        if options.wants("query.trend") {
            try QueryBench(points: 4, samplesPerPoint: 30 * 86_400).measureTrend(options)
        }
    }
}
