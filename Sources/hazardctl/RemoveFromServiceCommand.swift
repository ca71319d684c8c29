import ArgumentParser
import Pipeline

/// `hazardctl remove-from-service`
struct RemoveFromServiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove-from-service",
        abstract: "Take alarms out of service under a work permit, whether they stand or not.",
        discussion: """
            Samples are recorded and states go on beneath; nobody is told of them. When the time is over they are back in service by \
            themselves. `hazardctl suppressed` lists what is out of service, by whom and under which permit.
            """)

    @Option(help: ArgumentHelp("The work permit's number.", valueName: "number"))
    var permit: String

    @Option(name: .customLong("for"), help: ArgumentHelp("How long, such as 8h; 30d at most.", valueName: "time"))
    var time: DurationArgument

    @OptionGroup var alarms: AlarmAction

    func run() async throws {
        for alarm in try await alarms.carryOut(.removeFromService, for: time.milliseconds, permit: permit) {
            StandardOutput.print(alarm.description)
        }
    }
}
