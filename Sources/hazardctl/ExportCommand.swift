import ArgumentParser
import Foundation
import Glibc
import Historian
import Registry
import Settings
import Store
import Telemetry

/// `hazardctl export`
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write recorded samples for other programs, or for `hazardctl import`.",
        discussion: """
            csv: point,t_ms,value,quality, which import reads back to the last bit; a sample without a value has an empty \
            cell. influx: InfluxDB line protocol, measurement hazard, tags site, point and unit, fields value and quality, \
            times in nanoseconds. sqlite: one table sample(point, t_ms, value, quality). Sorted by point, then time.
            """)

    @Argument(help: ArgumentHelp("What to export: SITE, SITE/, SITE/POINT or POINT; all without.", valueName: "point"))
    var selection: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("First time, without it from the first sample on. \(MomentArgument.help)", valueName: "t"))
    var from: MomentArgument?

    @Option(parsing: .unconditional, help: ArgumentHelp("Last time; the same forms.", valueName: "t"))
    var to: MomentArgument?

    @Option(help: "csv, influx or sqlite.")
    var format = ExportFormat.csv

    @Option(help: ArgumentHelp("A file that is not there yet; without it, standard output.", valueName: "file"))
    var out: String?

    @OptionGroup var node: Node

    func validate() throws {
        guard format != .sqlite || out != nil else { throw ValidationError("--format sqlite needs --out FILE") }
    }

    func run() async throws {
        let settings = try node.settings()
        let now = SystemClock.now().wall
        let first = try from?.resolved(at: now, timeZone: settings.timeZone) ?? .min
        let last = try to?.resolved(at: now, timeZone: settings.timeZone) ?? .max
        guard first <= last else {
            throw CommandFailure(.usage, "--from is later than --to; valid: a first time and one not before it")
        }
        let folder = StateFolder(settings.stateDirectory)
        let state = try StateReader(folder)
        let points = try chosen(try state.pointNames())
        var output = try output()
        do {
            try HistoryReader(state, folder).sweep(points, from: first, through: last) { point, samples in
                try output.write(samples, of: point)
            }
            try output.finish()
        } catch {
            // Half a file is nobody's use.
            if let out { _ = unsafe unlink(out) }
            throw error
        }
    }

    private func output() throws -> any SampleOutput {
        switch format {
        case .csv: return CSVOutput(try OutputFile(out))
        case .influx: return InfluxOutput(try OutputFile(out), units: units())
        case .sqlite:
            let path = out ?? ""
            guard !FileManager.default.fileExists(atPath: path) else {
                throw CommandFailure("\(path.printable) exists already; name another file, or move it away")
            }
            return try SampleDatabase(path: path)
        }
    }

    /// Points ever in force, in the order of their names.
    private func chosen(_ names: [Int64: String]) throws -> [(number: Int64, name: String)] {
        let all = names.map { (number: $0.key, name: $0.value) }.sorted {
            $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
        guard !selection.isEmpty else { return all }
        var found = Set<String>()
        let chosen = all.filter { point in
            let matches = selection.filter { ExportCommand.matches(point.name, $0) }
            found.formUnion(matches)
            return !matches.isEmpty
        }
        if let missing = selection.first(where: { !found.contains($0) }) {
            throw CommandFailure(
                "no point \(missing.printable) is on record; valid: SITE, SITE/POINT or POINT as `hazardctl points` lists them"
            )
        }
        return chosen
    }

    private static func matches(_ name: String, _ wanted: String) -> Bool {
        name == wanted || name.hasPrefix(wanted.hasSuffix("/") ? wanted : wanted + "/")
            || name.split(separator: "/", maxSplits: 1).last.map { $0 == wanted } ?? false
    }

    /// By `SITE/POINT`, as far as the registry in force knows the points.
    private func units() -> [String: String] {
        guard let registry = try? node.configuration().registry else { return [:] }
        return Dictionary(
            registry.points.indices.map { (registry.identifier(of: PointIndex($0)), registry.points[$0].unit) },
            uniquingKeysWith: { first, _ in first })
    }
}
