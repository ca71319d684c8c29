import ArgumentParser
import Foundation

/// `hazard-bench codec`
struct CodecCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "codec",
        abstract: "What a data set takes as chunks, and how fast they are made and read.",
        discussion: """
            The file has the columns point,t_ms,value under one line of names. Chunks break at UTC days and at 32,768 \
            samples; points with the same times share their time columns; all samples have one receipt time and quality. \
            Everything is decoded again and compared bit for bit.
            """)

    @Option(help: ArgumentHelp("The data set.", valueName: "file"))
    var csv: String

    @OptionGroup var options: BenchOptions

    func run() throws {
        guard let points = SampleFile.points(at: csv) else { throw ValidationError("--csv \(csv): it cannot be read") }
        let columns = CodecColumns(points)
        guard columns.samples > 0 else {
            throw ValidationError("--csv \(csv): no sample in it; valid: point,t_ms,value under one line of names")
        }
        try sizes(columns)
        try speeds(columns)
    }

    private func sizes(_ columns: CodecColumns) throws {
        let samples = Double(columns.samples)
        let size = try columns.encoded()
        var all = Figure("codec.size", unit: "B/sample", beside: "zstd -19 of the raw columns")
        if options.wants(all.id) {
            all.add(
                Double(size.times + size.values) / samples, beside: Double(try columns.zstdSize(level: 19)) / samples)
            FigurePrinter.show(all, as: options.format)
        }
        var rows = Figure("codec.size.rows", unit: "B/sample", beside: "SQLite rows (point, t, value)")
        if options.wants(rows.id) {
            rows.add(Double(size.times + size.values) / samples, beside: Double(try columns.rowsSize()) / samples)
            FigurePrinter.show(rows, as: options.format)
        }
        for (part, bytes) in [("times", size.times), ("values", size.values)] where options.wants("codec.\(part)") {
            var figure = Figure("codec.\(part)", unit: "B/sample", beside: "eight bytes")
            figure.add(Double(bytes) / samples, beside: 8)
            FigurePrinter.show(figure, as: options.format)
        }
    }

    private func speeds(_ columns: CodecColumns) throws {
        for (id, measure, beside) in [
            ("codec.encode", columns.encodeSeconds, columns.zstdCompressSeconds),
            ("codec.decode", columns.decodeSeconds, columns.zstdDecompressSeconds),
        ] where options.wants(id) {
            var figure = Figure(id, unit: "samples/s", beside: "zstd -3 of the raw columns")
            try options.measure(&figure) {
                (Double(columns.samples) / (try measure()), Double(columns.samples) / (try beside()))
            }
        }
    }
}
