import Alarms
import ArgumentParser
import Escalation
import Settings
import Store
import Telemetry

/// `hazardctl escalations`
struct EscalationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "escalations",
        abstract: "List the escalation queue, newest first: which tier is told of which alarm, and when.")

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
        let tasks = try StateReader(StateFolder(settings.stateDirectory)).escalations(
            includesClosed: all, limit: limit)
        var output = StandardOutput()
        switch format {
        case .json: output.line("{\"escalations\":[\(tasks.map { json($0) }.joined(separator: ","))]}")
        case .table:
            let time = LocalTime(settings.timeZone)
            var table = TextTable("TIER", "STATE", "NEXT AT", "TOLD", "ALARM", "EPISODE", "ID")
            for task in tasks {
                table.add(
                    task.tier.printable, task.state.rawValue, time.text(task.dueAt), String(task.announcements),
                    task.subject, task.episode.description, task.id.description)
            }
            table.print(to: &output, ifEmpty: "nothing is to be escalated")
        }
        output.flush()
    }

    private func json(_ task: EscalationTask) -> String {
        var json = JSONText()
        json.member("id", task.id.description)
        json.member("episode", task.episode.description)
        json.member("subject", task.subject)
        json.member("tier", task.tier)
        json.member("step", Int64(task.step))
        json.member("state", task.state.rawValue)
        json.member("due_at", task.dueAt)
        json.member("announcements", Int64(task.announcements))
        return json.object
    }
}
