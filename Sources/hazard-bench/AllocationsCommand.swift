import ArgumentParser

/// `hazard-bench allocations`
struct AllocationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "allocations",
        abstract: "What the samples of a burst take from the heap, from their bytes to the journal.")

    @OptionGroup var options: BenchOptions

    func run() throws {
        let (allocations, samples) = try CoreIngest.allocations()
        var figure = Figure("ingest.allocations", unit: "allocations", beside: "samples of the burst")
        figure.add(Double(allocations), beside: Double(samples))
        FigurePrinter.show(figure, as: options.format)
    }
}
