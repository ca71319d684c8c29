package import Telemetry

/// One recorded sample of a point.
package struct StoredSample: Sendable, Hashable {
    /// The source's own time, UTC milliseconds.
    package let time: Int64
    /// Not a number where the source said that it had no value.
    package let value: Double
    package let quality: Quality

    package init(time: Int64, value: Double, quality: Quality) {
        self.time = time
        self.value = value
        self.quality = quality
    }
}
