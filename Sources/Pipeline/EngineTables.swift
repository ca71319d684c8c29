package import Registry
package import Telemetry

/// What an engine makes of the registry alone, the larger part of starting with a million points: it can be made beside the
/// reading of the state.
package struct EngineTables: Sendable {
    let points: PointTable
    let tags: ByteKeyTable
    let gatewayNames: ByteKeyTable

    package init(_ registry: Registry, at now: Instant) {
        points = PointTable(registry, startedAt: now.monotonic)
        tags = ByteKeyTable(registry.points.lazy.map { (Int32($0.gateway), $0.tag) })
        gatewayNames = ByteKeyTable(registry.gateways.lazy.map { (0, $0.name) })
    }
}
