/// A sample a test has recorded and expects back.
package struct RecordedSample: Sendable, Hashable {
    /// By its place in the registry.
    package var point: Int
    package var time: Int64
    package var value: Double
    package var quality: UInt8

    package init(_ point: Int, _ time: Int64, _ value: Double, quality: UInt8 = 192) {
        self.point = point
        self.time = time
        self.value = value
        self.quality = quality
    }
}
