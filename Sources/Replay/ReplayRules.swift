import Registry
import Telemetry

/// A configuration to replay, with its points found by their names. Used by one thread.
final class ReplayRules {
    let configuration: Configuration
    /// Positions in the registry, by `SITE/POINT`.
    private let positions: [String: Int]

    init(_ configuration: Configuration) {
        self.configuration = configuration
        let registry = configuration.registry
        positions = Dictionary(
            registry.points.indices.map { (registry.identifier(of: PointIndex($0)), $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Milliseconds after which an engine that began with nothing knows what its rules need of the past: the longest
    /// window, delay or silence of any rule.
    var memory: Int64 {
        var longest: Int64 = 0
        for point in configuration.registry.points {
            longest = max(longest, point.staleAfter)
            for rule in point.rules { longest = max(longest, rule.window + max(rule.onDelay, rule.offDelay)) }
        }
        return longest
    }

    /// The registry with some of its points alone, in its own order; only their gateways can be silent. Sites and
    /// gateways keep their positions.
    /// - Parameter names: `SITE/POINT`; whole sites, so that redundant points stay together.
    /// - Returns: with it, by the place of a name the position of its point; -1 where the registry has none.
    func restricted(to names: [String]) -> (registry: Registry, positions: [Int32]) {
        let kept = names.compactMap { positions[$0] }.sorted()
        let fresh = Dictionary(kept.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var registry = configuration.registry
        registry.points = kept.map { configuration.registry.points[$0] }
        registry.redundantGroups = registry.redundantGroups.compactMap { group in
            let members = group.points.compactMap { fresh[$0] }
            guard members.count == group.points.count else { return nil }
            return RedundantGroup(points: members, limit: group.limit, within: group.within)
        }
        for site in registry.sites.indices {
            for source in registry.sites[site].hazardSources.indices {
                registry.sites[site].hazardSources[source].measure(at: fresh)
            }
        }
        let gateways = Set(registry.points.map(\.gateway))
        for place in registry.gateways.indices where !gateways.contains(place) { registry.gateways[place].silence = 0 }
        return (registry, names.map { name in positions[name].flatMap { fresh[$0] }.map { Int32($0) } ?? -1 })
    }
}

extension HazardSource {
    /// Finds its quantity points at the positions they have got; those that have none measure nothing.
    fileprivate mutating func measure(at positions: [Int: Int]) {
        for place in substances.indices {
            guard let point = substances[place].quantityPoint else { continue }
            substances[place].quantityPoint = positions[point.index.position].map {
                QuantityPoint(name: point.name, index: PointIndex($0))
            }
        }
    }
}
