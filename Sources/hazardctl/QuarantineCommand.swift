import Alarms
import ArgumentParser
import Foundation
import Pipeline
import Settings
import Store

/// `hazardctl quarantine`
struct QuarantineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine",
        abstract: "List refused messages and values with their reasons, newest first.")

    @Option(help: ArgumentHelp("At most so many.", valueName: "count"))
    var limit = 100

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    /// What of a message a table shows, in characters.
    private static let shown = 60

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is \(limit); valid: a whole number above 0") }
    }

    func run() async throws {
        let settings = try node.settings()
        let inputs = try StateReader(StateFolder(settings.stateDirectory)).quarantine(limit: limit)
        var output = StandardOutput()
        switch format {
        case .json: output.line("{\"quarantine\":[\(inputs.map { json($0) }.joined(separator: ","))]}")
        case .table:
            let time = LocalTime(settings.timeZone)
            var table = TextTable("ID", "RECEIVED", "REASON", "TOPIC", "DETAIL", "MESSAGE")
            for input in inputs {
                let message = String(decoding: input.entry.excerpt, as: UTF8.self)
                table.add(
                    String(input.id), time.text(input.entry.receivedAt), input.entry.reason,
                    input.entry.topic.printable, input.entry.detail.printable,
                    String(message.prefix(QuarantineCommand.shown)).printable)
            }
            table.print(to: &output, ifEmpty: "nothing was refused")
        }
        output.flush()
    }

    private func json(_ input: QuarantinedInput) -> String {
        var json = JSONText()
        json.member("id", input.id)
        json.member("received_at", input.entry.receivedAt)
        json.member("topic", input.entry.topic)
        json.member("reason", input.entry.reason)
        json.member("detail", input.entry.detail)
        // A message that is no text at all is given byte by byte.
        let text = String(validating: input.entry.excerpt, as: UTF8.self)
        json.member("excerpt", text)
        if text == nil { json.member("excerpt_base64", Data(input.entry.excerpt).base64EncodedString()) }
        return json.object
    }
}
