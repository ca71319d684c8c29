import ArgumentParser
import Escalation
import OperatorAPI
import Settings
import Store
import Telemetry

/// `hazardctl escalations list`
struct EscalationsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the escalation queue, newest first: which tier is told of which alarm, when, and by whom.")

    @Flag(help: "Also those that are over.")
    var all = false

    @Option(help: ArgumentHelp("At most so many.", valueName: "count"))
    var limit = 1_000

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is \(limit); valid: a whole number above 0") }
    }

    func run() async throws {
        let settings = try node.settings()
        var query = EscalationQuery(limit: limit)
        query.includesClosed = all
        let tasks = try StateReader(StateFolder(settings.stateDirectory)).escalations(query)
        var output = StandardOutput()
        switch format {
        case .json: output.line("{\"escalations\":[\(tasks.map(\.json).joined(separator: ","))]}")
        case .table:
            let time = LocalTime(settings.timeZone)
            var table = TextTable("TIER", "STATE", "NEXT AT", "TOLD", "CLAIMS", "HOLDER", "ALARM", "EPISODE", "ID")
            for task in tasks {
                table.add(
                    task.tier.printable, task.state.rawValue, time.text(task.dueAt), String(task.announcements),
                    String(task.attempts), (task.lease?.holder ?? "").printable, task.subject, task.episode.description,
                    task.id.description)
            }
            table.print(to: &output, ifEmpty: "nothing is to be escalated")
        }
        output.flush()
    }
}
