/// `hazardd.yaml`, checked and with every default filled in.
package struct Settings: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case node
        case stateDirectory = "state_directory"
        case timeZone = "timezone"
        case standards
        case broker, sources, registry, policies, commit, clock, commands, incidents, retention, http, webhooks, log
    }

    /// Names this instance; unique across a deployment.
    package var node: String
    /// Absolute path.
    package var stateDirectory: String
    /// IANA name, for times without a zone and for where a day begins.
    package var timeZone: String
    package var broker: BrokerSettings
    package var sources: [TelemetrySource]
    /// Absolute path of the folder of site files.
    package var registryFolder: String
    /// Absolute path; nil when the standard policy alone applies.
    package var policiesFile: String?
    /// Absolute path of a standards profile; nil when the one built in applies.
    package var standardsFile: String?
    package var commit: CommitSettings
    package var clock: ClockSettings
    /// Whether operators may send commands over MQTT.
    package var mqttCommands: Bool
    package var incidents: IncidentSettings
    package var retention: RetentionSettings
    /// Nil when not asked for.
    package var http: HTTPSettings?
    /// In the file's order.
    package var webhooks: [WebhookSettings]
    package var log: LogSettings

    /// Reads a settings file on its own, without the registry and policies it names.
    package static func load(
        file: String, environment: [String: String]
    ) throws(ConfigurationRejected) -> Settings {
        let log = FaultLog()
        let source = SourceFile(settings: file)
        let settings = source.bytes(for: nil, log: log)
            .flatMap { Field(document: $0, file: source, log: log) }
            .flatMap { Settings($0, environment: environment) }
        try log.rejectIfFaulty()
        guard let settings else {
            throw ConfigurationRejected(
                faults: [Fault(file: source.name, line: nil, message: "the file could not be read; valid: settings")])
        }
        return settings
    }
}
