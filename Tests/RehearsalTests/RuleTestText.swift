import Registry
import Rehearsal
import Settings
import TestKit
import Testing

/// Rule tests written in a test.
enum RuleTestText {
    static func read(at path: String) throws -> RuleTest {
        let log = FaultLog()
        let test = try RuleTestReader.read(SourceFile(argument: path), log: log) { () throws(ConfigurationRejected) in
            throw ConfigurationRejected(faults: [Fault(file: path, line: nil, message: "the test names no rules")])
        }
        try log.rejectIfFaulty()
        return try #require(test)
    }

    static func read(_ text: String) throws -> RuleTest {
        let folder = try TemporaryFolder("hazardd-rules")
        try folder.write(text, to: "a.test.yaml")
        return try read(at: folder.file("a.test.yaml"))
    }

    /// What is wrong with a file, a line each; empty if it is a rule test.
    static func faults(_ text: String) throws -> [String] {
        do {
            _ = try read(text)
            return []
        } catch let rejected as ConfigurationRejected {
            return rejected.faults.map { "\($0.line ?? 0): \($0.message)" }
        }
    }

    /// A test of one level point with these steps.
    static func level(_ steps: String, point: String = "{point: LT-1, kind: level, H: 9}") -> String {
        "name: n\npoints:\n  - \(point)\nsteps:\n" + steps
    }
}
