import Historian
package import Hummingbird
import NIOPosix
package import Registry
package import Store
import Synchronization
import Telemetry

/// The route that shows hazard sources with their grades, by the configuration in force.
package final class HazardSourceRoutes: Sendable {
    private struct InForce {
        var registry: Registry
        var standards: StandardsProfile
    }

    private let reader: StateReader
    private let folder: StateFolder
    private let inForce: Mutex<InForce>

    package init(_ configuration: Configuration, reader: StateReader, folder: StateFolder) {
        self.reader = reader
        self.folder = folder
        inForce = Mutex(InForce(registry: configuration.registry, standards: configuration.standards))
    }

    /// Goes on under another configuration.
    package func adopt(_ configuration: Configuration) {
        inForce.withLock {
            $0 = InForce(registry: configuration.registry, standards: configuration.standards)
        }
    }

    package func add(to router: Router<some RequestContext>) {
        router.get("v1/hazard-sources") { [self] _, _ in
            let report = try await NIOThreadPool.singleton.runIfActive { [self] in makeReport() }
            return OperatorRoutes.json(report.json)
        }
    }

    private func makeReport() -> HazardSourceReport {
        let inForce = inForce.withLock { $0 }
        let now = SystemClock.now().wall
        // For one answer only, so that no day file stays open that retention has removed.
        let quantities = LiveQuantityReader(HistoryReader(reader, folder))
        return HazardSourceReport(inForce.registry, inForce.standards) {
            quantities.quantity($0, in: inForce.registry, at: now)
        }
    }
}
