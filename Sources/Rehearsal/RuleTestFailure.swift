/// Where a rule test and the engine disagree.
package struct RuleTestFailure: Error, Sendable, CustomStringConvertible {
    /// As the test's file is called.
    package let file: String
    package let line: Int
    /// What was expected and what came instead.
    package let message: String
    /// What came missing or too much, a line each.
    package let differences: [String]
    /// What happened to the alarms concerned until then, a line each.
    package let story: [String]

    package var description: String {
        var lines = ["\(file):\(line): \(message)"]
        lines += differences.map { "    " + $0 }
        if !story.isEmpty { lines += ["  what happened:"] + story.map { "    " + $0 } }
        return lines.joined(separator: "\n")
    }
}
