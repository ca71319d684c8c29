import Foundation
import Settings
import Testing

@Suite("Settings schema")
struct SettingsSchemaTests {
    private let root: [String: Any]

    init() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("schemas/settings.schema.json")
        root = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    }

    private func keys(_ path: String...) throws -> Set<String> {
        var schema = root
        for level in path {
            let properties = try #require(schema["properties"] as? [String: Any])
            schema = try #require(properties[level] as? [String: Any])
            schema = schema["items"] as? [String: Any] ?? schema
        }
        #expect(schema["additionalProperties"] as? Bool == false)
        return Set(try #require(schema["properties"] as? [String: Any]).keys)
    }

    private func known<Key: SectionKey>(_ type: Key.Type) -> Set<String> {
        Set(Key.allCases.map(\.rawValue))
    }

    @Test("the schema has exactly the keys that the reader knows")
    func sameKeys() throws {
        #expect(try keys() == known(Settings.Key.self))
        #expect(try keys("broker") == known(BrokerSettings.Key.self))
        #expect(try keys("broker", "tls") == known(TLSFiles.Key.self))
        #expect(try keys("sources") == known(TelemetrySource.Key.self))
        #expect(try keys("commit") == known(CommitSettings.Key.self))
        #expect(try keys("clock") == known(ClockSettings.Key.self))
        #expect(try keys("commands") == known(CommandSettings.Key.self))
        #expect(try keys("incidents") == known(IncidentSettings.Key.self))
        #expect(try keys("retention") == known(RetentionSettings.Key.self))
        #expect(try keys("http") == known(HTTPSettings.Key.self))
        #expect(try keys("http", "tls") == known(ServerCertificate.Key.self))
        #expect(try keys("webhooks") == known(WebhookSettings.Key.self))
        #expect(try keys("log") == known(LogSettings.Key.self))
    }
}
