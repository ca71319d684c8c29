import Alarms
import ArgumentParser
import OperatorAPI
import Registry
import Settings
import Store
import Telemetry

/// `hazardctl points`
struct PointsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "points",
        abstract: "Show each point's last value, its age, quality and alarm.",
        discussion: "The first question of commissioning: does every point send, and does it send what it should?")

    @Argument(help: ArgumentHelp("Sites or points to show: SITE, SITE/ or SITE/POINT; all without.", valueName: "site"))
    var selection: [String] = []

    @Flag(help: "Show them again every second until interrupted.")
    var watch = false

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func run() async throws {
        let configuration = try node.configuration()
        let registry = configuration.registry
        let chosen = registry.points.indices.filter { isChosen(registry.identifier(of: PointIndex($0))) }
        if chosen.isEmpty, !selection.isEmpty {
            throw CommandFailure(
                "no point of the registry is in \(selection.joined(separator: " ").printable); "
                    + "valid: a SITE or SITE/POINT of it")
        }
        let reader = try StateReader(StateFolder(configuration.settings.stateDirectory))
        var latest = LatestSamples()
        while true {
            try reader.refresh(&latest)
            let rows = try rows(chosen, registry, latest, reader.alarms())
            var output = StandardOutput()
            if watch, StandardOutput.isTerminal { output.write("\u{1B}[H\u{1B}[2J") }
            switch format {
            case .json: output.line("{\"points\":[\(rows.map(\.json).joined(separator: ","))]}")
            case .table: show(rows, LocalTime(configuration.settings.timeZone), &output)
            }
            output.flush()
            guard watch else { return }
            try await Task.sleep(for: .seconds(1))
        }
    }

    private func isChosen(_ identifier: String) -> Bool {
        selection.isEmpty
            || selection.contains { wanted in
                identifier == wanted || identifier.hasPrefix(wanted.hasSuffix("/") ? wanted : wanted + "/")
            }
    }

    private func rows(
        _ chosen: [Int], _ registry: Registry, _ latest: LatestSamples, _ alarms: [Alarm]
    ) -> [PointRow] {
        // Of a point's alarms the first counts: they come most urgent first.
        let standing = Dictionary(
            alarms.map { ("\($0.subject.site)/\($0.subject.object)", $0) }, uniquingKeysWith: { first, _ in first })
        return chosen.map { position in
            let identifier = registry.identifier(of: PointIndex(position))
            return PointRow(
                identifier: identifier, point: registry.points[position], sample: latest.byPoint[identifier],
                alarm: standing[identifier])
        }
    }

    private func show(_ rows: [PointRow], _ time: LocalTime, _ output: inout StandardOutput) {
        let now = SystemClock.now().wall
        var table = TextTable("POINT", "VALUE", "UNIT", "QUALITY", "AGE", "TIME", "STATE", "NAME")
        for row in rows {
            table.add(
                row.identifier, row.valueText, row.point.unit.printable, row.qualityText,
                row.sample.map { LocalTime.age(now - $0.time) } ?? "-", time.text(row.sample?.time), row.state,
                (row.point.title.zh ?? row.point.title.en ?? "").printable)
        }
        table.print(to: &output, ifEmpty: "the registry has no points")
    }
}
