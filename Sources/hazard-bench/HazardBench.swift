import ArgumentParser
import Foundation

/// The benchmarks' executable.
@main
struct HazardBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hazard-bench",
        abstract: "Measures hazardd, each figure beside something measured in the same run.",
        discussion: """
            Starts brokers and daemons of its own on free loopback ports, in temporary folders, and stops them. What a \
            figure means and what it stands beside: Sources/hazard-bench/README.md.
            """,
        subcommands: [
            IngestCommand.self, RulesCommand.self, AllocationsCommand.self, CodecCommand.self, QueryCommand.self,
            LatencyCommand.self, EscalationCommand.self, StreamsCommand.self, RestartCommand.self,
            DiscardCommand.self,
            RelayCommand.self,
        ])

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            // The project's code for a command line that cannot be understood is 2, not ArgumentParser's 64.
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            try? FileHandle.standardError.write(contentsOf: Data((fullMessage(for: error) + "\n").utf8))
            Foundation.exit(2)
        }
    }
}
