import Foundation
import Registry
import Settings
import Testing

@Suite("Registry schemas")
struct RegistrySchemaTests {
    private let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("schemas")

    /// The keys of the object schema reached by these steps through properties, items and free-form entries.
    private func keys(_ name: String, _ path: String...) throws -> Set<String> {
        let data = try Data(contentsOf: folder.appendingPathComponent(name))
        var schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let definitions = schema["$defs"] as? [String: Any] ?? [:]
        func resolved(_ schema: [String: Any]) throws -> [String: Any] {
            guard let reference = schema["$ref"] as? String else { return schema }
            return try #require(definitions[String(reference.dropFirst("#/$defs/".count))] as? [String: Any])
        }
        for level in path {
            let properties = try #require(schema["properties"] as? [String: Any])
            schema = try resolved(try #require(properties[level] as? [String: Any]))
            schema = try resolved(schema["items"] as? [String: Any] ?? schema)
            schema = try resolved(schema["additionalProperties"] as? [String: Any] ?? schema)
        }
        #expect(schema["additionalProperties"] as? Bool == false)
        return Set(try #require(schema["properties"] as? [String: Any]).keys)
    }

    private func known<Key: SectionKey>(_ type: Key.Type) -> Set<String> {
        Set(Key.allCases.map(\.rawValue))
    }

    @Test("the site schema has exactly the keys that the reader knows")
    func site() throws {
        let file = "site.schema.json"
        #expect(try keys(file) == known(Site.Key.self))
        #expect(try keys(file, "name") == known(BilingualKey.self))
        #expect(try keys(file, "responsible") == known(Responsible.Role.self))
        for role in Responsible.Role.allCases.map(\.rawValue) {
            #expect(try keys(file, "responsible", role) == known(Responsible.Post.Key.self))
            #expect(try keys(file, "responsible", role, "deputy") == known(Person.Key.self))
        }
        #expect(try keys(file, "hazard_sources") == known(HazardSource.Key.self))
        #expect(try keys(file, "hazard_sources", "substances") == known(Substance.Key.self))
        #expect(try keys(file, "gateways") == known(Site.GatewayKey.self))
        #expect(try keys(file, "redundant") == known(RedundantGroup.Key.self))
    }

    @Test("the policies schema has exactly the keys that the reader knows")
    func policies() throws {
        let file = "policies.schema.json"
        #expect(try keys(file) == known(EscalationPolicy.FileKey.self))
        #expect(try keys(file, "policies") == known(EscalationPolicy.Key.self))
        #expect(try keys(file, "special_periods") == known(SpecialPeriod.Key.self))
        #expect(try keys(file, "policies", "climb") == known(EscalationPolicy.PriorityKey.self))
        #expect(try keys(file, "policies", "realarm") == known(EscalationPolicy.PriorityKey.self))
        #expect(try keys(file, "policies", "shelve_at_most") == known(EscalationPolicy.PriorityKey.self))
        #expect(try keys(file, "policies", "grades") == known(EscalationPolicy.GradeKey.self))
        for grade in EscalationPolicy.GradeKey.allCases.map(\.rawValue) {
            #expect(try keys(file, "policies", "grades", grade) == known(EscalationPolicy.PriorityKey.self))
        }
        #expect(try keys(file, "people") == known(Person.Key.self))
        #expect(try keys(file, "rosters") == known(DutyCalendar.Key.self))
        #expect(try keys(file, "rosters", "shifts") == known(DutyShift.Key.self))
        #expect(try keys(file, "rosters", "holidays") == known(DutyHoliday.Key.self))
        #expect(try keys(file, "rosters", "holidays", "shifts") == known(DutyShift.Key.self))
        #expect(try keys(file, "rosters", "substitutions") == known(DutySubstitution.Key.self))
    }

    @Test("the tokens schema has exactly the keys that the reader knows")
    func tokens() throws {
        #expect(try keys("tokens.schema.json") == known(AccessToken.Key.self))
        #expect(try keys("tokens.schema.json", "tokens") == known(AccessToken.EntryKey.self))
    }

    private func complaints(_ text: String) throws -> [String] {
        let check = try SchemaCheck(try Data(contentsOf: folder.appendingPathComponent("policies.schema.json")))
        let log = FaultLog()
        let value = YAMLValue.parse(Array(text.utf8), file: SourceFile(argument: "policies.yaml"), log: log)
        return try check.complaints(about: try #require(value))
    }

    @Test("the policies schema holds for the example shipped, and for every duty case")
    func policiesThatAreRight() throws {
        let root = folder.resolvingSymlinksInPath().deletingLastPathComponent()
        let cases = root.appendingPathComponent("Tests/Cases/duty")
        let names = try FileManager.default.contentsOfDirectory(atPath: cases.path).filter { !$0.contains(".") }
        #expect(names.count >= 10)
        let files =
            names.map { cases.appendingPathComponent("\($0)/policies.yaml") }
            + [root.appendingPathComponent("deploy/example/policies.yaml")]
        for file in files {
            let found = try complaints(try String(contentsOf: file, encoding: .utf8))
            #expect(found.isEmpty, "\(file.path): \(found)")
        }
    }

    @Test(
        "the policies schema refuses what the reader refuses",
        arguments: [
            "policies: {p: {grades: {\"5\": {low: [0s]}}}}", "policies: {p: {grades: {1: {low: [5]}}}}",
            "policies: {p: {notify: {city: []}}}", "policies: {p: {notify: {city: [boss]}}}",
            "policies: {p: {notify: {city: [{person: li}]}}}", "policies: {p: {stop_on: {critical: [seen]}}}",
            "policies: {p: {stop_on: {urgent: [confirmed]}}}", "policies: {}\npeople: {li: {phone: 1}}",
            "policies: {}\nrosters: {r: {}}", "policies: {}\nrosters: {r: {shifts: []}}",
            "policies: {}\nrosters: {r: {shifts: [{name: d, from: 8am, to: \"20:00\", people: [li]}]}}",
            "policies: {}\nrosters: {r: {shifts: [{name: d, from: \"08:00\", to: \"24:00\", people: [li]}]}}",
            "policies: {}\nrosters: {r: {shifts: [{name: d, from: \"08:00\", to: \"20:00\"}]}}",
            "policies: {}\nrosters: {r: {holidays: [{name: h, as: sun}]}}",
        ])
    func policiesThatAreWrong(text: String) throws {
        #expect(try !complaints(text).isEmpty)
        #expect(try !RosterFixture.faults(text).isEmpty)
    }

    @Test("every column of a point list is documented")
    func columns() throws {
        let text = try String(contentsOf: folder.appendingPathComponent("points.md"), encoding: .utf8)
        for column in PointColumn.allCases {
            #expect(text.contains("`\(column.name)`"), "\(column.name)")
        }
    }

    @Test("the documentation's own example loads")
    func example() throws {
        let text = try String(contentsOf: folder.appendingPathComponent("points.md"), encoding: .utf8)
        let parts = text.components(separatedBy: "```")
        let fixture = try RegistryFixture()
        try fixture.write(
            String(try #require(parts.dropFirst().first).dropFirst("csv\n".count)), to: "sites/points.csv")
        #expect(fixture.faults().isEmpty)
    }
}
