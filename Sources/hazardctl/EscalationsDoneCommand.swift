import ArgumentParser
import Escalation

/// `hazardctl escalations done`
struct EscalationsDoneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "done", abstract: "Say that the tier was told of a claimed escalation.")

    @Option(help: ArgumentHelp("The number under which it was claimed.", valueName: "number"))
    var claim: Int

    @OptionGroup var report: EscalationReport

    func run() async throws {
        try await report.send(.done, claim: claim)
    }
}
