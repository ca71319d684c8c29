package import Telemetry

/// The point that measures how much of a substance is there, in tonnes.
package struct QuantityPoint: Hashable, Sendable {
    /// Within its site.
    package var name: String
    package var index: PointIndex

    package init(name: String, index: PointIndex) {
        self.name = name
        self.index = index
    }
}
