package import Registry
import Synchronization

/// What of the configuration in force requests are answered by. Safe on any thread.
package final class RegistryInForce: Sendable {
    struct Contents: Sendable {
        let registry: Registry
        let standards: StandardsProfile
        /// Each site's, by its name.
        let areas: [String: [String]]

        fileprivate init(_ configuration: Configuration) {
            registry = configuration.registry
            standards = configuration.standards
            areas = Dictionary(
                configuration.registry.sites.map { ($0.name, $0.area) }, uniquingKeysWith: { first, _ in first })
        }

        /// Whether a scope covers a site. What belongs to the node, to several sites, or to a site that the registry no
        /// longer has, lies in no area: only those see it who see everything.
        func isSeen(_ site: some StringProtocol, by scope: AreaScope) -> Bool {
            scope.isUnlimited || areas[String(site)].map { scope.covers($0) } ?? false
        }
    }

    private let contents: Mutex<Contents>

    package init(_ configuration: Configuration) {
        contents = Mutex(Contents(configuration))
    }

    /// Goes on under another configuration.
    package func adopt(_ configuration: Configuration) {
        let fresh = Contents(configuration)
        contents.withLock { $0 = fresh }
    }

    var current: Contents { contents.withLock { $0 } }

    /// Whether a scope covers a site.
    package func isSeen(_ site: String, by scope: AreaScope) -> Bool { current.isSeen(site, by: scope) }
}
