import Historian
package import Hummingbird
import NIOPosix
import Registry
package import Store
import Telemetry

/// The route that shows hazard sources with their grades, by the configuration in force.
package struct HazardSourceRoutes: Sendable {
    private let rules: RegistryInForce
    private let reader: StateReader
    private let folder: StateFolder

    package init(_ rules: RegistryInForce, reader: StateReader, folder: StateFolder) {
        self.rules = rules
        self.reader = reader
        self.folder = folder
    }

    package func add(to router: Router<some ActorContext>) {
        router.get("v1/hazard-sources", for: .read) { [self] _, _, asker in
            let report = try await NIOThreadPool.singleton.runIfActive { [self] in makeReport(asker.scope) }
            return OperatorRoutes.json(report.json)
        }
    }

    private func makeReport(_ scope: AreaScope) -> HazardSourceReport {
        let rules = rules.current
        let now = SystemClock.now().wall
        // For one answer only, so that no day file stays open that retention has removed.
        let quantities = LiveQuantityReader(HistoryReader(reader, folder))
        let hidden = Set(rules.registry.sites.map(\.name).filter { !rules.isSeen($0, by: scope) })
        return HazardSourceReport(rules.registry, rules.standards, hiding: hidden) {
            quantities.quantity($0, in: rules.registry, at: now)
        }
    }
}
