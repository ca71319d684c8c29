import Alarms
import ArgumentParser
import Settings
import Store
import Telemetry

/// `hazardctl events`
struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Print the event log, oldest first: one CloudEvent in JSON a line.")

    @Option(help: ArgumentHelp("Only those with a higher sequence number.", valueName: "sequence"))
    var after: Int64 = 0

    @Flag(help: "Go on with new events as they are committed, until interrupted.")
    var follow = false

    @Option(help: "json, or table for people.")
    var format = TableFormat.json

    @OptionGroup var node: Node

    private static let page = 1_000

    func run() async throws {
        let settings = try node.settings()
        let time = LocalTime(settings.timeZone)
        let reader = try StateReader(StateFolder(settings.stateDirectory))
        var output = StandardOutput()
        var last = after
        while true {
            let events = try reader.events(after: last, limit: EventsCommand.page)
            for event in events { output.line(format == .json ? event.body : line(event, time)) }
            last = events.last?.sequence ?? last
            guard events.count < EventsCommand.page else { continue }
            output.flush()
            guard follow else { return }
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    private func line(_ event: Event, _ time: LocalTime) -> String {
        "\(event.sequence)  \(time.text(event.time))  \(event.type)  \(event.subject)"
    }
}
