import Foundation
import Registry
import Rehearsal
import Settings
import Testing

@Suite("schemas/rule-test.schema.json")
struct RuleTestSchemaTests {
    private static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("schemas")

    private static func properties(_ path: String...) throws -> [String: Any] {
        let data = try Data(contentsOf: folder.appendingPathComponent("rule-test.schema.json"))
        var schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        for level in path { schema = try #require(schema[level] as? [String: Any], "\(level)") }
        return try #require(schema["properties"] as? [String: Any])
    }

    @Test("has exactly the keys that the reader knows")
    func keys() throws {
        #expect(Set(try RuleTestSchemaTests.properties().keys) == Set(RuleTest.Key.allCases.map(\.rawValue)))
        #expect(
            Set(try RuleTestSchemaTests.properties("$defs", "step").keys) == Set(RuleTestWords.own))
    }

    @Test("schemas/rule-tests.md speaks of every key, and its examples are rule tests that hold")
    func page() throws {
        let page = try String(
            contentsOf: RuleTestSchemaTests.folder.appendingPathComponent("rule-tests.md"), encoding: .utf8)
        for key in RuleTest.Key.allCases.map(\.rawValue) + RuleTestWords.own {
            #expect(page.contains("`\(key)`"), "\(key)")
        }
        let examples = page.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }.filter { $0.hasPrefix("name:") }
        #expect(examples.count >= 2)
        for example in examples {
            let failure = RuleTestRun.failure(of: try RuleTestText.read(example))
            #expect(failure == nil, "\(failure.map { "\($0)" } ?? "")")
        }
    }
}
