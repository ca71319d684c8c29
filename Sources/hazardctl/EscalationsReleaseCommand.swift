import ArgumentParser
import Escalation

/// `hazardctl escalations release`
struct EscalationsReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Give a claimed escalation back, for somebody else.")

    @Option(help: ArgumentHelp("The number under which it was claimed.", valueName: "number"))
    var claim: Int

    @OptionGroup var report: EscalationReport

    func run() async throws {
        try await report.send(.release, claim: claim)
    }
}
