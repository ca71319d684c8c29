import ArgumentParser
import Escalation

/// `hazardctl escalations requeue`
struct EscalationsRequeueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requeue",
        abstract: "Have a dead letter, or one that waits for its next try, claimed again now.")

    @OptionGroup var report: EscalationReport

    func run() async throws {
        try await report.send(.requeue, claim: nil)
    }
}
