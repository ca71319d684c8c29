import Alarms
import ArgumentParser
import Settings
import Store

/// `hazardctl suppressed`
struct SuppressedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suppressed",
        abstract:
            "List alarms that nobody is told of, whether they stand or not: who withdrew them, why and until when.")

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func run() async throws {
        let settings = try node.settings()
        let suppressed = try StateReader(StateFolder(settings.stateDirectory)).suppressedAlarms()
        var output = StandardOutput()
        switch format {
        case .json: output.line("{\"suppressed\":[\(suppressed.map(\.json).joined(separator: ","))]}")
        case .table:
            let time = LocalTime(settings.timeZone)
            var table = TextTable("ALARM", "SUPPRESSION", "STATE", "SINCE", "UNTIL", "BY", "PERMIT", "REASON")
            for alarm in suppressed {
                table.add(
                    alarm.subject.description.printable, alarm.suppression.name, alarm.state.name,
                    time.text(alarm.since), alarm.until.map { time.text($0) } ?? "-", (alarm.actor ?? "-").printable,
                    (alarm.permit ?? "-").printable, (alarm.reason ?? "-").printable)
            }
            table.print(to: &output, ifEmpty: "no alarm is suppressed")
        }
        output.flush()
    }
}
