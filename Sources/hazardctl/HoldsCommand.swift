import Alarms
import ArgumentParser
import Pipeline
import Settings
import Store
import Telemetry

/// `hazardctl holds`
struct HoldsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holds",
        abstract: "List what is held from retention: the record around every incident, oldest first.",
        discussion: """
            Which alarms are incidents, and how much is held, is set by `incidents` in the settings. A hold has no end \
            while its alarm stands.
            """)

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func run() async throws {
        let settings = try node.settings()
        let holds = try StateReader(StateFolder(settings.stateDirectory)).holds()
        var output = StandardOutput()
        switch format {
        case .json: output.line("{\"holds\":[\(holds.map { json($0) }.joined(separator: ","))]}")
        case .table:
            let time = LocalTime(settings.timeZone)
            var table = TextTable("ALARM", "OF", "FROM", "TO", "EPISODE")
            for hold in holds {
                table.add(
                    hold.subject.description.printable, scope(hold), time.text(hold.times.lowerBound),
                    end(hold).map { time.text($0) } ?? "stands", hold.episode.description)
            }
            table.print(to: &output, ifEmpty: "nothing is held")
        }
        output.flush()
    }

    private func scope(_ hold: Hold) -> String {
        guard !hold.site.isEmpty else { return "all sites" }
        return (hold.source.isEmpty ? hold.site : "\(hold.site)/\(hold.source)").printable
    }

    /// Nil while the alarm stands.
    private func end(_ hold: Hold) -> Int64? {
        hold.times.upperBound == StateReader.openEnd ? nil : hold.times.upperBound
    }

    private func json(_ hold: Hold) -> String {
        var json = JSONText()
        json.member("episode", hold.episode.description)
        json.member("subject", hold.subject.description)
        json.member("site", hold.site.isEmpty ? nil : hold.site)
        json.member("source", hold.source.isEmpty ? nil : hold.source)
        json.member("from", hold.times.lowerBound)
        json.member("to", end(hold))
        return json.object
    }
}
