import ArgumentParser
import Foundation
import Registry
import Rehearsal
import Settings

/// `hazardctl test`
struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run rule tests: samples in, expected events out, through the daemon's own engine.",
        discussion: """
            A test names its rules itself (points, or the folder of a registry), or is held against the configuration \
            of --config. Nothing is read from or written to the state, no broker is needed, and time does not pass. \
            Exit code 0 if every test holds, 1 if one does not, 78 if a file is no rule test. How to write one: \
            schemas/rule-tests.md.
            """)

    @Argument(help: ArgumentHelp("Files, or folders with files NAME.test.yaml in them.", valueName: "file"))
    var files: [String]

    @Flag(help: "Run each test also with the daemon killed and started after every step, which must change nothing.")
    var restarts = false

    @Flag(help: "Name failed tests only.")
    var quiet = false

    @OptionGroup var node: Node

    func run() async throws {
        let tests = try read()
        var output = StandardOutput()
        var failed = 0
        for test in tests {
            let failures = failures(of: test)
            if failures.isEmpty {
                if !quiet { output.line("ok      \(test.file.name): \(test.name.printable)") }
                continue
            }
            failed += 1
            output.line("FAILED  \(test.file.name): \(test.name.printable)")
            for line in failures { output.line(line) }
        }
        let count = "\(tests.count) \(tests.count == 1 ? "test" : "tests")"
        output.line(failed == 0 ? "\(count), all hold" : "\(count), \(failed) failed")
        output.flush()
        if failed > 0 { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    private func failures(of test: RuleTest) -> [String] {
        if let failure = RuleTestRun.failure(of: test) { return ["\(failure)"] }
        guard restarts, test.restartChanges == nil else { return [] }
        for step in 0..<test.stepCount {
            guard let failure = RuleTestRun.failure(of: test, restartAfter: step) else { continue }
            return ["with the daemon killed and started after step \(step + 1):", "\(failure)"]
        }
        return []
    }

    /// - Throws: every fault in all of the files.
    private func read() throws -> [RuleTest] {
        let log = FaultLog()
        var tests: [RuleTest] = []
        var known: Configuration?
        func inForce() throws(ConfigurationRejected) -> Configuration {
            if let known { return known }
            let read = try Configuration.load(
                settingsFile: node.config, environment: ProcessInfo.processInfo.environment)
            known = read
            return read
        }
        for (path, files) in RuleTestFiles.files(at: files) {
            guard let files else {
                throw CommandFailure(.usage, "\(path.printable) does not exist; valid: a file or folder of rule tests")
            }
            guard !files.isEmpty else {
                throw CommandFailure(.usage, "\(path.printable) holds no rule test; valid: files NAME.test.yaml")
            }
            for file in files {
                if let test = try RuleTestReader.read(file, log: log, inForce: inForce) { tests.append(test) }
            }
        }
        try log.rejectIfFaulty()
        return tests
    }
}
