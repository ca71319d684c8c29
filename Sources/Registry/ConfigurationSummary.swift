import Foundation
package import Settings

/// What a check of a configuration that holds has to say: how much there is of everything, and what of it has no
/// effect yet.
package struct ConfigurationSummary: Sendable, CustomStringConvertible {
    package let settingsFile: String
    package let configuration: Configuration

    /// Reads everything a settings file names and, beyond what a load does, tries the files that are only opened
    /// when connecting to the broker.
    package static func check(
        settingsFile: String, environment: [String: String]
    ) throws(ConfigurationRejected) -> ConfigurationSummary {
        let configuration = try Configuration.load(settingsFile: settingsFile, environment: environment)
        let broker = configuration.settings.broker
        let http = configuration.settings.http
        let files = [
            ("broker.password_file", broker.passwordFile), ("broker.tls.ca_file", broker.tls?.caFile),
            ("broker.tls.cert_file", broker.tls?.certFile), ("broker.tls.key_file", broker.tls?.keyFile),
            ("http.tls.cert_file", http?.tls?.certFile), ("http.tls.key_file", http?.tls?.keyFile),
        ]
        let webhooks = configuration.settings.webhooks.flatMap { webhook -> [(String, String?)] in
            let key = "the webhook \(webhook.name)'s "
            return [(key + "secret_file", webhook.secretFile), (key + "ca_file", webhook.caFile)]
        }
        let faults = (files + webhooks).compactMap { key, path -> Fault? in
            guard let path, !FileManager.default.isReadableFile(atPath: path) else { return nil }
            return Fault(
                file: settingsFile, line: nil,
                message:
                    "\(key) names \(path), which this user may not read; valid: a file that hazardd's user may read"
            )
        }
        guard faults.isEmpty else { throw ConfigurationRejected(faults: faults) }
        return ConfigurationSummary(settingsFile: settingsFile, configuration: configuration)
    }

    /// One line that counts, then one a notice.
    package var description: String {
        let registry = configuration.registry
        let counts = [
            ConfigurationSummary.count(registry.sites.count, "site"),
            ConfigurationSummary.count(registry.points.count, "point"),
            ConfigurationSummary.count(registry.gateways.count, "gateway"),
            ConfigurationSummary.count(registry.points.reduce(0) { $0 + $1.rules.count }, "alarm rule"),
        ]
        let summary = "\(settingsFile): valid: \(counts.joined(separator: ", "))"
        return ([summary] + configuration.notices.map { "notice: \($0)" }).joined(separator: "\n")
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
