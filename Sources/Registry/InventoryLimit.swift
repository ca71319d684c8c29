package import Telemetry

/// A live quantity that must stay within the design maximum declared for it.
package struct InventoryLimit: Hashable, Sendable {
    /// Position in `Registry.sites`.
    package var site: Int
    /// The hazard source, by its name within the site.
    package var source: String
    package var substance: String
    /// Measures the quantity, in tonnes.
    package var point: PointIndex
    /// Tonnes.
    package var maximum: Double

    /// The share of the maximum by which a quantity must come back below it before INVENTORY returns.
    package static let deadband = 0.01

    package init(site: Int, source: String, substance: String, point: PointIndex, maximum: Double) {
        self.site = site
        self.source = source
        self.substance = substance
        self.point = point
        self.maximum = maximum
    }
}
