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
        let (loaded, files): (Configuration, ConfigurationFiles)
        do {
            (loaded, files) = try Configuration.loadWithFiles(
                settingsFile: config, environment: ProcessInfo.processInfo.environment)
        } catch {
            Self.say("\(error)")
            throw ExitCode(78)
        }
        if check {
            for notice in loaded.notices { Self.say("notice: \(notice)") }
            print("\(config): \(loaded.registry.sites.count) sites, \(loaded.registry.points.count) points: valid")
            return
        }
        do {
            try HazardDaemon(settingsFile: config, configuration: loaded, files: files).run()
        } catch {
            Self.say("hazardd: \(error)")
            throw ExitCode(1)
        }
    }

    private static func say(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }
}
