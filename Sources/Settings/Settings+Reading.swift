import Foundation

extension Settings {
    /// Reads the root of a settings file. Faults go to the log and leave their key at its default, so that
    /// the files it names can be checked in the same run; nil only if the root is no mapping.
    package init?(_ root: Field, environment: [String: String]) {
        guard let section = root.section(of: Key.self) else { return nil }
        node = section.required(.node, valid: NameRule.nameForm)?.name() ?? ""
        stateDirectory = Settings.stateDirectory(section, environment: environment)
        timeZone = section[.timeZone]?.timeZone() ?? "Asia/Shanghai"
        broker =
            section.required(.broker, valid: "a mapping with at least urls")?.section(of: BrokerSettings.Key.self)
            .map { [node] in BrokerSettings($0, node: node) } ?? BrokerSettings(node: node)
        sources = Settings.sources(section)
        registryFolder = section.required(.registry, valid: "the folder of site files")?.existingFolder() ?? ""
        policiesFile = Settings.policiesFile(section)
        standardsFile = section[.standards]?.existingFile()
        commit = section[.commit]?.section(of: CommitSettings.Key.self).map { CommitSettings($0) } ?? CommitSettings()
        clock = section[.clock]?.section(of: ClockSettings.Key.self).map { ClockSettings($0) } ?? ClockSettings()
        mqttCommands = section[.commands]?.section(of: CommandSettings.Key.self)?[.mqtt]?.flag() ?? false
        incidents =
            section[.incidents]?.section(of: IncidentSettings.Key.self).map { IncidentSettings($0) }
            ?? IncidentSettings()
        retention =
            section[.retention]?.section(of: RetentionSettings.Key.self).map { RetentionSettings($0) }
            ?? RetentionSettings()
        http = section[.http]?.section(of: HTTPSettings.Key.self).map { HTTPSettings($0) }
        webhooks = Settings.webhooks(section)
        log = section[.log]?.section(of: LogSettings.Key.self).map { LogSettings($0) } ?? LogSettings()
    }

    private static func stateDirectory(_ section: Section<Key>, environment: [String: String]) -> String {
        if let written = section[.stateDirectory]?.absolutePath() { return written }
        // systemd lists several, separated by colons, when a unit has several; the first is this one's.
        if let given = environment["STATE_DIRECTORY"]?.split(separator: ":").first {
            return section.whole.file.resolve(String(given))
        }
        return section.whole.file.resolve("hazardd-state")
    }

    private static func sources(_ section: Section<Key>) -> [TelemetrySource] {
        guard let field = section[.sources] else { return [.standard] }
        guard let items = field.items() else { return [] }
        if items.isEmpty {
            field.fault("is an empty list", valid: "at least one {topic: …, format: json}")
        }
        var sources: [TelemetrySource] = []
        for item in items {
            guard let inner = item.section(of: TelemetrySource.Key.self), let source = TelemetrySource(inner) else {
                continue
            }
            if sources.contains(where: { $0.topic == source.topic }) {
                item.fault("repeats the topic \"\(source.topic)\"", valid: "each topic once")
            }
            sources.append(source)
        }
        return sources
    }

    private static func webhooks(_ section: Section<Key>) -> [WebhookSettings] {
        guard let field = section[.webhooks], let items = field.items() else { return [] }
        if items.count > WebhookSettings.bound {
            field.fault("lists \(items.count) targets", valid: "at most \(WebhookSettings.bound)")
        }
        var webhooks: [WebhookSettings] = []
        for item in items.prefix(WebhookSettings.bound) {
            guard let inner = item.section(of: WebhookSettings.Key.self), let webhook = WebhookSettings(inner) else {
                continue
            }
            if webhooks.contains(where: { $0.name == webhook.name }) {
                item.fault("repeats the name \"\(webhook.name)\"", valid: "each name once")
            }
            webhooks.append(webhook)
        }
        return webhooks
    }

    /// Without the key, a `policies.yaml` beside the settings is used: a policy that somebody wrote and put
    /// there must not be passed over in silence.
    private static func policiesFile(_ section: Section<Key>) -> String? {
        if let field = section[.policies] { return field.existingFile() }
        let beside = section.whole.file.resolve("policies.yaml")
        return FileManager.default.fileExists(atPath: beside) ? beside : nil
    }
}
