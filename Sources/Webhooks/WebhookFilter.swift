package import Alarms
package import Settings

/// Which events a target is sent.
package struct WebhookFilter: Sendable, Hashable {
    private let types: [EventTypePattern]
    /// Nil: of every site, and the node's own.
    private let sites: Set<String>?

    /// - Parameter areas: where the registry has each site, from the city down.
    package init(_ settings: WebhookSettings, areas: [String: [String]]) {
        types = settings.types
        guard !settings.sites.isEmpty || !settings.areas.isEmpty else {
            sites = nil
            return
        }
        let within = areas.filter { site in settings.areas.contains { site.value.starts(with: $0) } }
        sites = Set(settings.sites).union(within.keys)
    }

    package func wants(_ event: Event) -> Bool {
        (sites?.contains(event.site) ?? true) && types.contains { $0.matches(event.type) }
    }
}
