import AlarmFigures
import Alarms
import Foundation
import Testing

@Suite("The figures' schema")
struct FigureSchemaTests {
    private typealias Object = [String: Any]

    private let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("schemas")

    private func schema() throws -> Object {
        let data = try Data(contentsOf: folder.appendingPathComponent("kpi.schema.json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? Object)
    }

    /// A log with something in every list.
    private func report() throws -> Object {
        var log = FigureLog()
        log.raise(11, at: 0)
        log.add(.returned, "LT-0", at: 5)
        log.add(.raised, "LT-0", at: 8)
        log.add(.acknowledged, "LT-0", at: 20)
        let report = log.report(-600, 2 * FigureLog.day)
        let text = report.json(node: "n1", site: nil, bucket: 3_600_000)
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Object)
    }

    private func required(_ part: Any?) throws -> Set<String> {
        Set(try #require((part as? Object)?["required"] as? [String]))
    }

    @Test("names exactly what a report holds")
    func members() throws {
        let schema = try schema()
        let definitions = try #require(schema["$defs"] as? Object)
        let scope = try required(definitions["scope"])
        let report = try report()
        #expect(Set(report.keys) == (try required(schema)).union(scope))
        let properties = try #require(schema["properties"] as? Object)
        #expect(Set((report["load"] as? Object ?? [:]).keys) == (try required(properties["load"])))
        let targets = try #require(report["targets"] as? Object)
        #expect(Set(targets.keys) == (try required(properties["targets"])))
        let sources = ((properties["targets"] as? Object)?["properties"] as? Object)?["sources"]
        #expect(Set((targets["sources"] as? Object ?? [:]).keys) == (try required(sources)))
        for (list, name) in [("sites", "site"), ("positions", "position")] {
            let first = try #require((report[list] as? [Object])?.first)
            #expect(Set(first.keys) == scope.union([name]))
        }
        let parts = try #require((definitions["scope"] as? Object)?["properties"] as? Object)
        #expect(Set(parts.keys) == scope)
        #expect(Set((report["figures"] as? Object ?? [:]).keys) == (try required(parts["figures"])))
        #expect(try required(parts["figures"]) == Set(JudgedFigure.Name.allCases.map(\.rawValue)))
        for (name, figure) in report["figures"] as? [String: Object] ?? [:] {
            #expect(Set(figure.keys) == (try required(definitions["figure"])), "\(name)")
        }
        for name in ["priorities", "suppressed"] {
            #expect(Set((report[name] as? Object ?? [:]).keys) == (try required(parts[name])))
        }
    }

    @Test("names exactly what the entries of its lists hold")
    func lists() throws {
        let definitions = try #require(try schema()["$defs"] as? Object)
        let parts = try #require((definitions["scope"] as? Object)?["properties"] as? Object)
        let report = try report()
        for name in ["most_frequent", "fleeting", "stale", "unacknowledged", "floods", "chattering"] {
            let entry = try #require((report[name] as? [Object])?.first, "\(name) is empty")
            let items = try #require((parts[name] as? Object)?["items"] as? Object)
            let reference = (items["$ref"] as? String)?.split(separator: "/").last.map { String($0) }
            #expect(Set(entry.keys) == (try required(reference.map { definitions[$0] ?? [:] } ?? items)), "\(name)")
        }
    }

    @Test("names exactly what a proposal holds")
    func proposals() throws {
        let definitions = try #require(try schema()["$defs"] as? Object)
        let parts = try #require((definitions["scope"] as? Object)?["properties"] as? Object)
        let items = try #require((parts["chattering"] as? Object)?["items"] as? Object)
        let proposal = (items["properties"] as? Object)?["proposal"]
        let found = try #require((try report()["chattering"] as? [Object])?.first?["proposal"] as? Object)
        #expect(Set(found.keys) == (try required(proposal)))
        #expect(found["off_delay_longer_by_s"] as? Int == 4, "three seconds between return and raise, times 1.2")
    }

    @Test("goes with a description that tells of every figure")
    func described() throws {
        let text = try String(contentsOf: folder.appendingPathComponent("kpi.md"), encoding: .utf8)
        for name in JudgedFigure.Name.allCases { #expect(text.contains("`\(name.rawValue)`")) }
    }

    @Test("has loads whose buckets add up to what was annunciated, the empty ones included")
    func load() throws {
        let load = try #require(try report()["load"] as? Object)
        let counts = try #require(load["counts"] as? [Int])
        #expect(counts.count == 49 && counts.reduce(0, +) == 12 && counts[0] == 12)
        #expect(load["start"] as? Int64 == FigureLog.time(-600))
    }
}
