/// Which operator position the alarms of a hazard source go to. Where nothing is said, a site is one position of its
/// own name; several sites may name the same position.
package struct PositionMap: Sendable, Hashable {
    private struct Place: Hashable, Sendable {
        let site: String
        let source: String
    }

    private var named: [Place: String] = [:]

    package init() {}

    /// Has the alarms of a site's hazard source go to a position.
    package mutating func assign(site: String, source: String, to position: String) {
        named[Place(site: site, source: source)] = position
    }

    /// - Parameter source: empty for alarms of no hazard source, such as a gateway's.
    package func position(site: String, source: String) -> String {
        guard !named.isEmpty, !source.isEmpty else { return site }
        return named[Place(site: site, source: source)] ?? site
    }
}
