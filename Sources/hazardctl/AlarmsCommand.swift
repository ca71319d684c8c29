import Alarms
import ArgumentParser
import Settings
import Store
import Telemetry

/// `hazardctl alarms`
struct AlarmsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alarms",
        abstract: "List the alarms that are not normal, most urgent first.",
        discussion: "An alarm that another explains is suppressed by design; the table shows it with --all only.")

    @Flag(help: "Show suppressed alarms in the table too; JSON always has them.")
    var all = false

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func run() async throws {
        let settings = try node.settings()
        let alarms = try StateReader(StateFolder(settings.stateDirectory)).alarms()
        var output = StandardOutput()
        switch format {
        case .json: output.line("{\"alarms\":[\(alarms.map { $0.json() }.joined(separator: ","))]}")
        case .table: show(alarms.filter { all || $0.suppression == .none }, LocalTime(settings.timeZone), &output)
        }
        output.flush()
    }

    private func show(_ alarms: [Alarm], _ time: LocalTime, _ output: inout StandardOutput) {
        var table = TextTable(
            "PRIORITY", "ALARM", "STATE", "VALUE", "LIMIT", "UNIT", "SINCE", "SUPPRESSION", "FIRST-OUT", "CAUSE",
            "EPISODE")
        for alarm in alarms {
            table.add(
                alarm.priority.name, alarm.subject.description, alarm.state.name,
                alarm.value.map { JSONText.number($0) } ?? "-", alarm.limit.map { JSONText.number($0) } ?? "-",
                (alarm.unit ?? "").printable, time.text(alarm.raisedAt), alarm.suppression.name,
                alarm.firstOut.map { $0 == alarm.episode ? "first" : "follows" } ?? "-",
                alarm.isExercise ? "exercise" : alarm.cause ?? "-", alarm.episode.description)
        }
        table.print(to: &output, ifEmpty: "no alarm stands")
    }
}
