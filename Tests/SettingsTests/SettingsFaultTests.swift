import Settings
import Testing

@Suite("Faults in settings")
struct SettingsFaultTests {
    @Test("all faults are reported at once, each with its line and what would be valid")
    func allAtOnce() throws {
        let faults = try SettingsFixture().faults(
            """
            nodes: n1
            timezone: Mars/Olympus
            broker:
              urls:
                - mqtt://127.0.0.1
                - http://127.0.0.1
              keep_alive_s: soon
            registry: nowhere
            commit: {durability: half}
            """)
        let expected = [
            "hazardd.yaml:1: nodes is an unknown key; valid: node, ",
            "hazardd.yaml:1: node is missing; valid: letters",
            "hazardd.yaml:2: timezone is \"Mars/Olympus\"",
            "hazardd.yaml:6: broker.urls[1] is \"http://127.0.0.1\"; valid: mqtt://HOST",
            "hazardd.yaml:7: broker.keep_alive_s is \"soon\"; valid: a whole number from 5 to 65535",
            "hazardd.yaml:8: registry names ",
            "hazardd.yaml:9: commit.durability is \"half\"; valid: full, normal",
        ]
        #expect(faults.count == expected.count)
        for (fault, start) in zip(faults, expected) {
            #expect(fault.hasPrefix(start), "\(fault)")
        }
    }

    @Test(
        "a wrong value is refused by the key's name",
        arguments: [
            ("timezone: CST", "timezone"),
            ("sources: []", "sources"),
            ("sources: [{topic: a/b}]", "sources[0].topic"),
            ("sources: [{topic: a/+/+}]", "sources[0].topic"),
            ("sources: [{topic: a+/+}]", "sources[0].topic"),
            ("sources: [{topic: '#/+'}]", "sources[0].topic"),
            ("sources: [{format: json}]", "sources[0].topic"),
            ("sources: [{topic: a/+}, {topic: a/+}]", "sources[1]"),
            ("policies: none.yaml", "policies"),
            ("commit: 5", "commit"),
            ("commit: {max_delay_ms: 5000}", "commit.max_delay_ms"),
            ("clock: {lag_limit_s: 0x10}", "clock.lag_limit_s"),
            ("clock: {lag_limit_s: inf}", "clock.lag_limit_s"),
            ("commands: {mqtt: maybe}", "commands.mqtt"),
            ("retention: {raw_days: 0}", "retention.raw_days"),
            ("http: {listen: 8080}", "http.listen"),
            ("log: {level: loud}", "log.level"),
            ("log: {levels: info}", "log.levels"),
        ])
    func wrongValue(line: String, path: String) throws {
        let faults = try SettingsFixture().faults(SettingsFixture.least + line)
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("hazardd.yaml:4: \(path) ") == true, "\(faults)")
        #expect(faults.first?.contains("; valid: ") == true)
    }

    @Test(
        "a wrong broker setting is refused by the key's name",
        arguments: [
            ("urls: []", "urls"), ("urls: [mqtt://]", "urls[0]"), ("urls: ['mqtt://h:0']", "urls[0]"),
            ("urls: ['mqtt://h:1883/x']", "urls[0]"), ("urls: mqtt://h", "urls"),
            ("urls: [mqtt://h], protocol: 4", "protocol"),
            ("urls: [mqtt://h], receive_maximum: 65536", "receive_maximum"),
            ("urls: [mqtt://h], session_expiry_s: 4294967296", "session_expiry_s"),
            ("urls: [mqtt://h], password_file: none, username: u", "password_file"),
            ("urls: [mqtt://h], password_file: sites/empty.yaml", "password_file"),
            ("urls: [mqtt://h], tls: {}", "tls.ca_file"),
            ("urls: [mqtt://h], tls: {ca_file: sites/empty.yaml, key_file: sites/empty.yaml}", "tls"),
        ])
    func wrongBroker(keys: String, path: String) throws {
        let faults = try SettingsFixture().faults("node: n1\nregistry: sites\nbroker: {\(keys)}")
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("hazardd.yaml:3: broker.\(path) ") == true, "\(faults)")
    }

    @Test("a dialect of a later release is told apart from a misspelt one")
    func plannedFormat() throws {
        let planned = try SettingsFixture().faults(SettingsFixture.least + "sources: [{topic: a/+, format: sparkplug}]")
        #expect(
            planned == [
                "hazardd.yaml:4: sources[0].format is \"sparkplug\", a dialect that is not built yet; valid: json"
            ])
        let misspelt = try SettingsFixture().faults(SettingsFixture.least + "sources: [{topic: a/+, format: jason}]")
        #expect(misspelt == ["hazardd.yaml:4: sources[0].format is \"jason\"; valid: json"])
    }

    @Test("a password in a broker URL does not get into the report")
    func passwordInURL() throws {
        let faults = try SettingsFixture().faults("node: n\nregistry: sites\nbroker: {urls: ['mqtt://u:geheim@h']}")
        #expect(faults.count == 1)
        #expect(!faults.joined().contains("geheim"))
    }

    @Test("text that is not YAML, a doubled key and a missing file are one fault each")
    func unreadable() throws {
        let fixture = try SettingsFixture()
        #expect(try fixture.faults("node: [1").first?.hasPrefix("hazardd.yaml:") == true)
        let doubled = try fixture.faults("node: a\nnode: b\n")
        #expect(doubled == ["hazardd.yaml:1: the same key is written twice: node; valid: each key once"])
        #expect(throws: ConfigurationRejected.self) {
            _ = try Settings.load(file: fixture.path("none.yaml"), environment: [:])
        }
        #expect(try fixture.faults("").count == 1)
    }
}
