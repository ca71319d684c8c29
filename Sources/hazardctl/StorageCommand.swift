import Alarms
import ArgumentParser
import Historian
import Store

/// `hazardctl storage`
struct StorageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "storage",
        abstract: "Show how many samples are recorded and what they take on disk, part by part.",
        discussion: """
            Bytes are those of the samples: day files with all they hold, their summaries, and what of the journal is not \
            compacted yet. The state database with alarms and events is shown beside.
            """)

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func run() async throws {
        let folder = try node.folder()
        let report = try StorageReport(folder, reader: try StateReader(folder))
        guard format == .table else {
            StandardOutput.print(report.json)
            return
        }
        var output = StandardOutput()
        var table = TextTable("SAMPLES", String(report.samples))
        table.add("bytes", String(report.parts.total))
        table.add(
            "bytes per sample", report.bytesPerSample.map { JSONText.number(($0 * 1_000).rounded() / 1_000) } ?? "-")
        for (name, bytes) in report.namedParts { table.add("  \(name)", String(bytes)) }
        table.add("day files", "\(report.sealedFiles) sealed, \(report.growingFiles) growing")
        table.add("state database", "\(report.stateBytes) bytes, \(report.stateFreeBytes) of them free")
        table.print(to: &output, ifEmpty: "")
        output.flush()
    }
}

extension StorageReport {
    fileprivate var namedParts: [(String, Int64)] {
        [
            ("chunks", parts.chunks), ("moments", parts.moments), ("indexes", parts.indexes), ("slack", parts.slack),
            ("rows", parts.rows), ("rollups", parts.rollups), ("logs", parts.logs), ("journal", parts.journal),
        ]
    }

    fileprivate var json: String {
        var text = JSONText()
        text.member("samples", samples)
        text.member("bytes", parts.total)
        text.member("bytes_per_sample", bytesPerSample)
        for (name, bytes) in namedParts { text.member(named: "\(name)_bytes", bytes) }
        text.member("sealed_files", Int64(sealedFiles))
        text.member("growing_files", Int64(growingFiles))
        text.member("state_bytes", stateBytes)
        text.member("state_free_bytes", stateFreeBytes)
        return text.object
    }
}
