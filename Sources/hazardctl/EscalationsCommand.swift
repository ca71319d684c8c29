import ArgumentParser

/// `hazardctl escalations`
struct EscalationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "escalations",
        abstract: "The escalation queue: who is told of which alarm, and when; claim and answer for it.",
        subcommands: [
            EscalationsListCommand.self, EscalationsClaimCommand.self, EscalationsDoneCommand.self,
            EscalationsFailCommand.self, EscalationsReleaseCommand.self, EscalationsRequeueCommand.self,
            EscalationsExplainCommand.self, EscalationsSimulateCommand.self,
        ],
        defaultSubcommand: EscalationsListCommand.self)
}
