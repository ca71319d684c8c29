import Foundation
import Testing

@Suite("Swift files")
struct HabitTests {
    /// What no file may contain outside comments, and why.
    private static let banned = [
        ("try!", "an error is thrown on or handled"),
        ("fatalError(", "an operating error is reported, not a crash"),
        ("Ounchecked", "the optimiser must not assume that checks hold"),
        ("loop_start", "libmosquitto's own thread writes acknowledgements before the commit"),
        ("loop_forever", "libmosquitto's own loop writes acknowledgements before the commit"),
        ("@testable", "tests reach in through package access, so that one release build serves all"),
    ]

    private static func files() throws -> [SourceFile] {
        let files = try SourceFile.all(in: "Sources") + SourceFile.all(in: "Tests")
        return files.filter { $0.module != "TidyTests" }
    }

    @Test("contain no banned call", arguments: HabitTests.banned)
    func bannedCalls(text: String, reason: String) throws {
        for file in try HabitTests.files() {
            for (number, line) in file.code.enumerated() where line.contains(text) {
                Issue.record("\(file):\(number + 1): \(text) is banned: \(reason)")
            }
        }
    }

    @Test("of tests wait for something to happen, never for time to pass")
    func noSleepInTests() throws {
        for file in try SourceFile.all(in: "Tests") where !["TestKit", "TidyTests"].contains(file.module) {
            for (number, line) in file.code.enumerated() where line.contains("sleep(") {
                Issue.record(
                    "\(file):\(number + 1): a test sleeps; eventually(within:) of TestKit waits for a condition")
            }
        }
    }

    @Test("stay under 500 lines")
    func length() throws {
        for file in try HabitTests.files() where file.code.count > 500 {
            Issue.record("\(file) has \(file.code.count) lines; a file of more than 500 holds several things")
        }
    }

    @Test("are named for what the field calls their content")
    func names() throws {
        for file in try HabitTests.files() {
            for word in ["Utils", "Helper", "Manager", "Common"] where file.path.contains(word) {
                Issue.record("\(file): a name with \(word) says nothing about the content")
            }
        }
    }
}
