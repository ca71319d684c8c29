import Alarms
import ArgumentParser
import Settings
import Store
import Webhooks

/// `hazardctl webhooks list`
struct WebhooksListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the webhook targets with their cursors, and how many events each is behind.",
        discussion: "Up to its cursor every event that a target wants is delivered, or was refused by it for good.")

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    /// A target, and the last event that it is done with.
    private struct Entry {
        let target: WebhookSettings
        /// Nil for one that no daemon has begun to deliver to.
        let cursor: Int64?
        let newest: Int64

        var lag: Int64? { cursor.map { max(0, newest - $0) } }
    }

    func run() async throws {
        let settings = try node.settings()
        let reader = try StateReader(StateFolder(settings.stateDirectory))
        let newest = try reader.lastSequence()
        let entries = try settings.webhooks.map {
            Entry(target: $0, cursor: try reader.knownCursor(WebhookTarget.cursor(of: $0.name)), newest: newest)
        }
        var output = StandardOutput()
        switch format {
        case .json:
            output.line(
                "{\"last_sequence\":\(newest),\"webhooks\":[\(entries.map { json($0) }.joined(separator: ","))]}")
        case .table:
            var table = TextTable("NAME", "CURSOR", "BEHIND", "TYPES", "URL")
            for entry in entries {
                table.add(
                    entry.target.name, entry.cursor.map { String($0) } ?? "-", entry.lag.map { String($0) } ?? "-",
                    entry.target.types.map(\.description).joined(separator: " "), entry.target.url.description)
            }
            table.print(to: &output, ifEmpty: "the settings name no webhooks")
        }
        output.flush()
    }

    private func json(_ entry: Entry) -> String {
        var json = JSONText()
        json.member("name", entry.target.name)
        json.member("url", entry.target.url.description)
        json.member("mode", entry.target.mode.rawValue)
        json.member("types", json: list(entry.target.types.map(\.description)))
        json.member("sites", json: list(entry.target.sites))
        json.member("areas", json: list(entry.target.areas.map { $0.joined(separator: "/") }))
        json.member("cursor", entry.cursor)
        json.member("lag", entry.lag)
        return json.object
    }

    private func list(_ texts: [String]) -> String {
        "[\(texts.map { JSONText.string($0) }.joined(separator: ","))]"
    }
}
