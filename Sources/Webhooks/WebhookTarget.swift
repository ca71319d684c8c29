package import Settings

/// A target in force: its settings, its secrets, and which events go there.
package struct WebhookTarget: Sendable, Hashable {
    package let settings: WebhookSettings
    let secrets: WebhookSecrets
    let filter: WebhookFilter

    /// Reads the secrets.
    /// - Parameter areas: where the registry has each site, from the city down.
    package init(_ settings: WebhookSettings, areas: [String: [String]]) throws(WebhookSecrets.Problem) {
        self.settings = settings
        secrets = try WebhookSecrets(file: settings.secretFile)
        filter = WebhookFilter(settings, areas: areas)
    }

    package var name: String { settings.name }

    /// What its cursor is called in the store.
    package var cursor: String { WebhookTarget.cursor(of: name) }

    package static func cursor(of name: String) -> String { "webhook/" + name }
}
