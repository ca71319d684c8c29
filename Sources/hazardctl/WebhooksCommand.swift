import ArgumentParser

/// `hazardctl webhooks`
struct WebhooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhooks",
        abstract: "Show how far each webhook target has been told of the event log, and try one.",
        subcommands: [WebhooksListCommand.self, WebhooksTestCommand.self],
        defaultSubcommand: WebhooksListCommand.self)
}
