import Alarms
import ArgumentParser
import Settings
import Store

/// `hazardctl unmapped`
struct UnmappedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unmapped",
        abstract: "List the tags that gateways send and the registry does not know, the most frequent first.")

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func run() async throws {
        let settings = try node.settings()
        let entries = try StateReader(StateFolder(settings.stateDirectory)).unmappedTags()
        var output = StandardOutput()
        switch format {
        case .json: output.line("{\"unmapped\":[\(entries.map { json($0) }.joined(separator: ","))]}")
        case .table:
            let time = LocalTime(settings.timeZone)
            var table = TextTable("GATEWAY", "TAG", "COUNT", "FIRST SEEN", "LAST SEEN")
            for entry in entries {
                table.add(
                    entry.gateway.printable, entry.tag.printable, String(entry.count), time.text(entry.firstSeen),
                    time.text(entry.lastSeen))
            }
            table.print(to: &output, ifEmpty: "every tag received is in the registry")
        }
        output.flush()
    }

    private func json(_ entry: UnmappedEntry) -> String {
        var json = JSONText()
        json.member("gateway", entry.gateway)
        json.member("tag", entry.tag)
        json.member("count", entry.count)
        json.member("first_seen", entry.firstSeen)
        json.member("last_seen", entry.lastSeen)
        return json.object
    }
}
