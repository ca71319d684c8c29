package import Telemetry

/// A sample that was recorded elsewhere and is handed in later, for example out of a black box's memory card.
package struct ImportedSample: Sendable, Hashable {
    package let time: Int64
    /// Not a number where there was no value.
    package let value: Double
    package let point: PointIndex
    package let quality: Quality

    package init(point: PointIndex, time: Int64, value: Double, quality: Quality) {
        self.time = time
        self.value = value
        self.point = point
        self.quality = quality
    }
}
