import ArgumentParser
import Pipeline

/// `hazardctl return-to-service`
struct ReturnToServiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "return-to-service", abstract: "Put alarms back into service before their permit runs out.")

    @OptionGroup var alarms: AlarmAction

    func run() async throws {
        for alarm in try await alarms.carryOut(.returnToService) { StandardOutput.print(alarm.description) }
    }
}
