/// The median and the 99th percentile of a latency, run by run, beside those of another; and how much the other differs from
/// itself, where it was measured once more afterwards.
struct LatencyFigures {
    private var median: Figure
    private var tail: Figure
    private var noise: Figure

    init(_ group: String, beside: String) {
        median = Figure("\(group).p50", unit: "ms", beside: beside)
        tail = Figure("\(group).p99", unit: "ms", beside: beside)
        noise = Figure("\(group).p99.noise", unit: "ms", beside: "\(beside), before")
    }

    mutating func add(_ latencies: Latencies, beside other: Latencies, again: Latencies? = nil) {
        median.add(latencies.percentile(50), beside: other.percentile(50))
        tail.add(latencies.percentile(99), beside: other.percentile(99))
        if let again { noise.add(again.percentile(99), beside: other.percentile(99)) }
    }

    /// Shows those that are wanted and were measured.
    func show(_ options: BenchOptions) {
        for figure in [median, tail, noise] where options.wants(figure.id) && !figure.values.isEmpty {
            FigurePrinter.show(figure, as: options.format)
        }
    }
}
