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
        for level in path {
            let properties = try #require(schema["properties"] as? [String: Any])
            schema = try #require(properties[level] as? [String: Any])
            schema = schema["items"] as? [String: Any] ?? schema
            schema = schema["additionalProperties"] as? [String: Any] ?? schema
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
        #expect(try keys(file, "responsible") == known(Responsible.Key.self))
        #expect(try keys(file, "responsible", "principal") == known(Responsible.Person.Key.self))
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
