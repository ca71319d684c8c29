import Settings
import Testing

@Suite("Settings")
struct SettingsTests {
    @Test("three keys are enough, and the rest have the documented defaults")
    func defaults() throws {
        let fixture = try SettingsFixture()
        let settings = try fixture.load(SettingsFixture.least)
        #expect(settings.node == "n1")
        #expect(settings.stateDirectory == fixture.path("hazardd-state"))
        #expect(settings.timeZone == "Asia/Shanghai")
        #expect(settings.broker.urls == [BrokerURL(tls: false, host: "127.0.0.1", port: 1883)])
        #expect(settings.broker.clientID == "hazardd-n1")
        #expect(settings.broker.sessionExpiry == 4_294_967_295)
        #expect(settings.broker.maximumMessageBytes == 1_048_576)
        #expect(settings.broker.protocolVersion == .v5)
        #expect(settings.broker.receiveMaximum == 20_000)
        #expect(settings.broker.keepAlive == 30)
        #expect(settings.sources == [TelemetrySource(topic: "hazard/v1/gateways/+/telemetry")])
        #expect(settings.registryFolder == fixture.path("sites"))
        #expect(settings.policiesFile == nil && settings.standardsFile == nil)
        #expect(settings.commit == CommitSettings(maximumDelay: 5, maximumSamples: 50_000, durability: .full))
        #expect(settings.clock == ClockSettings(futureLimit: 300_000, lagLimit: 600_000))
        #expect(!settings.mqttCommands)
        #expect(settings.incidents == IncidentSettings(priority: .critical, before: 600_000, after: 600_000))
        #expect(settings.log == LogSettings(level: .info, format: .text))
    }

    @Test("every key is read, and relative paths start from the settings file's folder")
    func everyKey() throws {
        let fixture = try SettingsFixture()
        for name in ["secret", "ca.pem", "own.pem", "own.key", "policies.yaml", "own.yaml"] {
            try fixture.write("x", to: name)
        }
        let settings = try fixture.load(
            """
            node: 12
            state_directory: state/../kept
            timezone: UTC
            broker:
              urls: ["mqtts://[::1]:9883", "mqtt://broker.example"]
              client_id: 7
              session_expiry_s: 60
              max_message_bytes: 2000
              protocol: "3.1.1"
              receive_maximum: 65535
              keep_alive_s: 10
              username: hazardd
              password_file: secret
              tls: {ca_file: ca.pem, cert_file: ./own.pem, key_file: own.key}
            sources: [{topic: a/+/b/#, format: json, timezone: Europe/Berlin}]
            registry: sites
            policies: policies.yaml
            standards: ./own.yaml
            commit: {max_delay_ms: 20, max_samples: 9, durability: normal}
            clock: {future_limit_s: 1.5, lag_limit_s: 2}
            commands: {mqtt: yes}
            incidents: {priority: medium, before: 90s, after: 2h}
            retention: {raw_days: 30, rollup_days: 31, events_days: 32, disk_floor_mb: 4}
            http: {listen: "[::]:80", tokens_file: tokens.yaml, tls: {cert_file: own.pem, key_file: own.key}}
            log: {level: debug, format: json}
            """)
        #expect(settings.node == "12")
        #expect(settings.stateDirectory == fixture.path("kept"))
        #expect(settings.broker.urls.map(\.description) == ["mqtts://[::1]:9883", "mqtt://broker.example:1883"])
        #expect(settings.broker.clientID == "7")
        #expect(settings.broker.protocolVersion == .v311)
        #expect(settings.broker.passwordFile == fixture.path("secret"))
        #expect(settings.broker.tls?.certFile == fixture.path("own.pem"))
        #expect(settings.sources == [TelemetrySource(topic: "a/+/b/#", timeZone: "Europe/Berlin")])
        #expect(settings.sources.first?.gatewayLevel == 1)
        #expect(settings.policiesFile == fixture.path("policies.yaml"))
        #expect(settings.standardsFile == fixture.path("own.yaml"))
        #expect(settings.commit == CommitSettings(maximumDelay: 20, maximumSamples: 9, durability: .normal))
        #expect(settings.clock == ClockSettings(futureLimit: 1_500, lagLimit: 2_000))
        #expect(settings.mqttCommands)
        #expect(settings.incidents == IncidentSettings(priority: .medium, before: 90_000, after: 7_200_000))
        #expect(settings.retention.eventsDays == 32)
        #expect(settings.http?.host == "::")
        #expect(settings.http?.tokensFile == fixture.path("tokens.yaml"))
        #expect(settings.http?.tls?.keyFile == fixture.path("own.key"))
        #expect(settings.log == LogSettings(level: .debug, format: .json))
    }

    @Test("the state directory comes from the environment when the file has none")
    func stateDirectoryFromEnvironment() throws {
        let fixture = try SettingsFixture()
        let settings = try fixture.load(
            SettingsFixture.least, environment: ["STATE_DIRECTORY": "/var/lib/a:/var/lib/b"])
        #expect(settings.stateDirectory == "/var/lib/a")
    }

    @Test("a policies file beside the settings is used without being named")
    func policiesBeside() throws {
        let fixture = try SettingsFixture()
        try fixture.write("policies: {}", to: "policies.yaml")
        #expect(try fixture.load(SettingsFixture.least).policiesFile == fixture.path("policies.yaml"))
    }
}
