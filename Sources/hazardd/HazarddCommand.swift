import ArgumentParser
import Daemon
import Foundation
import Registry
import Store
import Telemetry

/// The daemon's executable.
@main
struct HazarddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hazardd",
        abstract: "Monitors major hazard installations: telemetry in over MQTT, alarms out, everything on record.",
        discussion: """
            Runs in the foreground until SIGTERM or SIGINT; SIGHUP reads the configuration again.
            Exit codes: 0 done, 1 failed, 2 usage, 78 configuration rejected.
            """)

    @Option(help: "The settings file.")
    var config = "/etc/hazardd/hazardd.yaml"

    @Flag(help: "Validate settings, registry and policies, and exit: 0 or 78.")
    var check = false

    static func main() {
        SignalWatch.block()
        ProcessMemory.shareHeaps()
        do {
            let command = try parse()
            try command.run()
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch {
            let isHelp = exitCode(for: error) == .success
            let output = isHelp ? FileHandle.standardOutput : FileHandle.standardError
            try? output.write(contentsOf: Data((fullMessage(for: error) + "\n").utf8))
            Foundation.exit(isHelp ? 0 : 2)
        }
    }

    func run() throws {
        guard let daemon = try makeDaemon() else { return }
        do {
            try daemon.run()
        } catch {
            Self.say("hazardd: \(error)")
            throw ExitCode(1)
        }
    }

    /// Reads the configuration; its files, the larger part of it, stay with the daemon alone, which lets them go once they
    /// are on record.
    /// - Returns: nil where it was to be checked only.
    private func makeDaemon() throws -> HazardDaemon? {
        do {
            let (loaded, files) = try Configuration.loadWithFiles(
                settingsFile: config, environment: ProcessInfo.processInfo.environment)
            guard check else { return HazardDaemon(settingsFile: config, configuration: loaded, files: files) }
            for notice in loaded.notices { Self.say("notice: \(notice)") }
            print("\(config): \(loaded.registry.sites.count) sites, \(loaded.registry.points.count) points: valid")
            return nil
        } catch {
            Self.say("\(error)")
            throw ExitCode(78)
        }
    }

    private static func say(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }
}
