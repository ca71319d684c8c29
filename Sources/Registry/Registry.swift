package import Telemetry

/// Every site, gateway and point of one applied configuration. Positions are what the engine works with.
package struct Registry: Hashable, Sendable {
    package var sites: [Site]
    /// Positions are `PointIndex`es.
    package var points: [Point]
    /// Every gateway that a point or a site file names.
    package var gateways: [Gateway]
    /// Transmitters that are held against each other; a point is in one group at most.
    package var redundantGroups: [RedundantGroup]

    package init(
        sites: [Site] = [], points: [Point] = [], gateways: [Gateway] = [], redundantGroups: [RedundantGroup] = []
    ) {
        self.sites = sites
        self.points = points
        self.gateways = gateways
        self.redundantGroups = redundantGroups
    }

    package subscript(index: PointIndex) -> Point { points[index.position] }

    /// A point's identifier for people and files: `SITE/POINT`.
    package func identifier(of index: PointIndex) -> String {
        let point = points[index.position]
        return sites[point.site].name + "/" + point.name
    }

    /// The point with this identifier, found by looking through all of them.
    package func index(of identifier: String) -> PointIndex? {
        let parts = identifier.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let site = sites.firstIndex(where: { $0.name == parts[0] }) else { return nil }
        let name = String(parts[1])
        return points.firstIndex { $0.site == site && $0.name == name }.map { PointIndex($0) }
    }
}
