import Alarms
import ArgumentParser
import Historian
import OperatorAPI
import Registry
import Settings
import Store
import Telemetry

/// `hazardctl grade`
struct GradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade",
        abstract: "Show each hazard source's S, R and grade by GB 18218, with the working.",
        discussion: """
            S and R are worked out with the declared design maxima and the figures of the standards profile (setting \
            standards). The live R takes what quantity points measured last; it is indicative and gives no grade. A \
            reading that is missing, stale or no good counts as the design maximum, and the working says so. Needs \
            no running daemon.
            """)

    @Argument(help: ArgumentHelp("SITE or SITE/SOURCE to show; all without.", valueName: "source"))
    var selection: String?

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func run() async throws {
        let configuration = try node.configuration()
        let report = report(configuration)
        if report.entries.isEmpty, let selection {
            throw CommandFailure(
                "no hazard source of the registry is \(selection.printable) or in it; "
                    + "valid: a SITE or SITE/SOURCE that has hazard_sources")
        }
        guard format == .table else {
            StandardOutput.print(report.json)
            return
        }
        var output = StandardOutput()
        show(report, &output)
        output.flush()
    }

    private func report(_ configuration: Configuration) -> HazardSourceReport {
        let registry = configuration.registry
        let now = SystemClock.now().wall
        let folder = StateFolder(configuration.settings.stateDirectory)
        let reader = Result { LiveQuantityReader(HistoryReader(try StateReader(folder), folder)) }
        return HazardSourceReport(registry, configuration.standards, selection: selection) { index in
            switch reader {
            case .success(let reader): reader.quantity(index, in: registry, at: now)
            case .failure(let error): .unusable("cannot be read: \(error)")
            }
        }
    }

    private func show(_ report: HazardSourceReport, _ output: inout StandardOutput) {
        var table = TextTable("SOURCE", "S", "MAJOR", "R", "R LIVE", "GRADE", "NAME")
        for entry in report.entries {
            let grade = entry.grade
            table.add(
                entry.name.printable, figure(grade.sum), grade.isMajor ? "yes" : "no", figure(grade.result),
                figure(grade.liveResult), grade.grade.map { String($0) } ?? "-",
                (entry.source.title.zh ?? entry.source.title.en ?? "").printable)
        }
        table.print(to: &output, ifEmpty: "the registry has no hazard sources")
        for entry in report.entries {
            output.line("")
            output.line(entry.name.printable)
            for line in entry.grade.working { output.line("  \(line.printable)") }
        }
        if !report.entries.isEmpty {
            output.line("")
            output.line("Figures: standards profile \(report.standards.name) of \(report.standards.dated)")
        }
    }

    private func figure(_ value: Double?) -> String { value?.figure ?? "-" }
}
