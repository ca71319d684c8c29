import ArgumentParser
import Foundation
import Registry
import Settings
import Store

/// The node a command is about, by its settings file.
struct Node: ParsableArguments {
    @Option(help: ArgumentHelp("The settings file.", valueName: "file"))
    var config = "/etc/hazardd/hazardd.yaml"

    private var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// The settings alone: enough to find the state.
    func settings() throws -> Settings {
        try Settings.load(file: config, environment: environment)
    }

    /// Settings, registry and policies.
    func configuration() throws -> Configuration {
        try Configuration.load(settingsFile: config, environment: environment)
    }

    /// The same, handing over every file that it consists of.
    func configuration(keep: @escaping (_ name: String, _ bytes: [UInt8]) -> Void) throws -> Configuration {
        try Configuration.load(settingsFile: config, environment: environment, keep: keep)
    }

    func summary() throws -> ConfigurationSummary {
        try ConfigurationSummary.check(settingsFile: config, environment: environment)
    }

    func reader() throws -> StateReader {
        try StateReader(folder())
    }

    func folder() throws -> StateFolder {
        StateFolder(try settings().stateDirectory)
    }
}
