import Pipeline
import Registry
import Settings
import Telemetry

/// The rules of a test as its file gives them, and what a reload in it makes of them.
struct RuleSource {
    /// Rules written in the test itself.
    struct Inline {
        let site: Field
        var rows: [InlinePointRow]
    }

    let registry: Registry
    let escalation: EscalationRules
    let clock: (future: Int64, lag: Int64)
    var inline: Inline?

    /// The rules as the engine gets them. Of a real configuration only the points that the test names can alarm, and
    /// only their gateways can be silent: of the others nothing ever comes, which is no fault of theirs.
    /// - Parameter points: `SITE/POINT`.
    func rules(onlyOf points: Set<String>) -> Rules {
        guard inline == nil else { return rules(registry) }
        var registry = registry
        var gateways: Set<Int> = []
        for place in registry.points.indices {
            if points.contains(registry.identifier(of: PointIndex(place))) {
                gateways.insert(registry.points[place].gateway)
            } else {
                registry.points[place].rules = []
                registry.points[place].staleAfter = 0
            }
        }
        for place in registry.gateways.indices where !gateways.contains(place) { registry.gateways[place].silence = 0 }
        return rules(registry)
    }

    private func rules(_ registry: Registry) -> Rules {
        Rules(registry: registry, escalation: escalation, futureLimit: clock.future, lagLimit: clock.lag)
    }
}
