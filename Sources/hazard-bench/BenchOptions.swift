import ArgumentParser

/// How a topic is measured and shown.
struct BenchOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table
        case json
    }

    @Option(help: "table, or json: one figure a line.")
    var format = Format.table

    @Option(help: ArgumentHelp("Counted runs; one more comes before them to warm up.", valueName: "count"))
    var runs = 5

    @Option(help: ArgumentHelp("Only figures whose id begins so.", valueName: "id"))
    var only = ""

    func validate() throws {
        guard runs >= 1 else { throw ValidationError("--runs is \(runs); valid: a whole number from 1 on") }
    }

    /// Whether a figure, or one of a group, is wanted.
    func wants(_ id: String) -> Bool {
        only.isEmpty || id.hasPrefix(only) || only.hasPrefix(id)
    }

    /// Measures once to warm up and then so many times as are counted.
    func measure(_ figure: inout Figure, _ once: () throws -> (value: Double, beside: Double)) throws {
        _ = try once()
        for _ in 0..<runs {
            let (value, beside) = try once()
            figure.add(value, beside: beside)
        }
        FigurePrinter.show(figure, as: format)
    }
}
