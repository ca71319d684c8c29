import AlarmFigures
import Alarms
import ArgumentParser
import Registry
import Settings
import Store
import Telemetry

/// `hazardctl kpi`
struct KpiCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kpi",
        abstract: "Show the alarm system's figures beside what ISA-18.2, IEC 62682 and EEMUA 191 recommend.",
        discussion: """
            Counted from the event log: what operators were told of, how fast it came, what the most of it was, and what \
            came of it. Alarms of exercises and suppressed alarms do not count. Recommendations are for one operator \
            position; a figure that is not judged has no verdict. For a chattering alarm it proposes a deadband and an \
            off-delay with the arithmetic; nothing is ever silenced. What each figure counts: kpi.md.
            """)

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "From when on: \(MomentArgument.help) The default is 30 days before the end, or the first event.",
            valueName: "time"))
    var from: MomentArgument?

    @Option(parsing: .unconditional, help: ArgumentHelp("Until when, not included.", valueName: "time"))
    var to = MomentArgument.now

    @Option(help: ArgumentHelp("One site only.", valueName: "site"))
    var site: String?

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func run() async throws {
        let configuration = try node.configuration()
        let settings = configuration.settings
        let reader = try StateReader(StateFolder(settings.stateDirectory))
        let (start, end) = try range(reader, settings)
        let figures = try reader.alarmFigures(from: start, to: end, site: site, basis: FigureBasis(configuration))
        let report = figures.report(at: end)
        if let site { try check(site, report, configuration.registry) }
        var output = StandardOutput()
        switch format {
        case .json:
            output.line(report.json(node: settings.node, site: site, bucket: AlarmLoad.bucket(of: start..<end)))
        case .table:
            KpiPage(report: report, node: settings.node, site: site, time: LocalTime(settings.timeZone))
                .print(to: &output)
        }
        output.flush()
    }

    private func range(_ reader: StateReader, _ settings: Settings) throws -> (start: Int64, end: Int64) {
        let now = SystemClock.now().wall
        let end = try to.resolved(at: now, timeZone: settings.timeZone)
        let start =
            try from?.resolved(at: now, timeZone: settings.timeZone) ?? reader.usualFigureStart(before: end)
        guard start < end else {
            throw CommandFailure(.usage, "--from is not before --to; valid: a time before it")
        }
        guard end - start <= AlarmFigures.longestRange else {
            let days = AlarmFigures.longestRange / 86_400_000
            throw CommandFailure(.usage, "from --from to --to is more than \(days) days; valid: at most so many")
        }
        return (start, end)
    }

    private func check(_ site: String, _ report: FigureReport, _ registry: Registry) throws {
        let known = registry.sites.map(\.name) + [AlarmSubject.nodeSite, AlarmSubject.sharedGatewaySite]
        guard report.events == 0, !known.contains(site) else { return }
        let some = known.prefix(10).joined(separator: ", ")
        throw CommandFailure(.usage, "there is no site \(site.printable) and no event of one; valid: such as \(some)")
    }
}
