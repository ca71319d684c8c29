import ArgumentParser
import Escalation

/// `hazardctl escalations fail`
struct EscalationsFailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fail", abstract: "Say that the tier could not be told; it is tried again after a while.")

    @Option(help: ArgumentHelp("The number under which it was claimed.", valueName: "number"))
    var claim: Int

    @OptionGroup var report: EscalationReport

    func run() async throws {
        try await report.send(.fail, claim: claim)
    }
}
