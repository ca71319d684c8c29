import ArgumentParser

/// The command line of the gateway simulator.
struct HazardSim: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hazard-sim",
        abstract: "Gateways in software: realistic tank-farm telemetry, scripted incidents, load.",
        discussion: "Exit codes: 0 done, 1 failed, 2 usage, 69 broker unreachable.",
        subcommands: [RunCommand.self, LoadCommand.self, RegistryCommand.self])
}
