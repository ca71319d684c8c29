import ArgumentParser
import OperatorAPI
import Pipeline
import Settings
import Store

/// `hazardctl status`
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the node's health and what became of everything it received.")

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func run() async throws {
        let settings = try node.settings()
        let folder = StateFolder(settings.stateDirectory)
        let status = try StateReader(folder).status()
        let isRunning = await ControlSocket(folder.controlSocket).probe() == .listening
        guard format == .table else {
            StandardOutput.print(status.json(isRunning: isRunning))
            return
        }
        let totals = status.accounting
        let bad = totals.isBalanced ? "" : ", which does not add up"
        let time = LocalTime(settings.timeZone)
        var table = TextTable("NODE", settings.node)
        table.add("daemon", isRunning ? "answers" : "does not answer")
        table.add("samples received", String(totals.received) + bad)
        table.add("  stored", String(totals.stored))
        table.add("  duplicate", String(totals.duplicate))
        table.add("  unmapped", String(totals.unmapped))
        table.add("  quarantined", "\(totals.quarantined), \(status.quarantineEntries) of them kept")
        table.add("last commit", time.text(status.lastCommit))
        table.add("events", "\(status.lastSequence), \(status.publishedSequence) of them published")
        table.add("alarms", "\(status.standingAlarms), \(status.unacknowledgedAlarms) of them unacknowledged")
        table.add("escalations open", String(status.openEscalations))
        table.add("configuration", status.configurationVersion.map { "version \($0)" } ?? "-")
        table.add("database", "\(status.databaseBytes) bytes, write-ahead log \(status.walBytes) bytes")
        var output = StandardOutput()
        table.print(to: &output, ifEmpty: "")
        output.flush()
    }
}
