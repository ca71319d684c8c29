import ArgumentParser

/// `hazardctl config`
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show which configurations were applied: when, by whom, why, and what each changed.",
        discussion:
            "Each is kept with its files and bound into the evidence chain; files with secrets are not among them.",
        subcommands: [ConfigLogCommand.self, ConfigShowCommand.self, ConfigDiffCommand.self],
        defaultSubcommand: ConfigLogCommand.self)
}
