import Chunks
import Testing

/// What kinds of data may take at most: a change that costs space is seen here.
@Suite("Sizes")
struct SizeTests {
    static func bytesPerValue(_ values: [Double]) -> Double {
        let bytes = ValueColumn.encode(values: values, qualities: [UInt8](repeating: 192, count: values.count))
        return Double(bytes.count) / Double(values.count)
    }

    @Test(
        "values of every shape stay below their limit",
        arguments: [
            (Shape.constant, 0.002), (.boolean, 0.03), (.counter, 0.002), (.resettingCounter, 0.27), (.steps, 0.04),
            (.levels, 0.06), (.temperature, 0.2), (.pressure, 0.41), (.spikes, 0.02), (.sixDigits, 2.52),
            (.sixteenths, 0.28), (.currentLoop, 0.96), (.singlePrecision, 3.0), (.tenths, 0.6), (.inches, 0.83),
            (.fullPrecision, 6.4), (.incompressible, 8.1), (.missing, 0.4), (.mixed, 6.5), (.repeating, 0.1),
            (.ramp, 0.002), (.huge, 7.3),
        ])
    func values(_ shape: Shape, _ limit: Double) {
        let size = Self.bytesPerValue(shape.values(ChunkLimits.samples, seed: 11))
        #expect(size <= limit, "\(shape): \(size) bytes a value")
    }

    @Test(
        "times of every shape stay below their limit",
        arguments: [
            (TimeShape.exact, 0.003), (.jittered, 0.445), (.gaps, 0.05), (.jitteredGaps, 0.53), (.byException, 2.01),
            (.drifting, 0.47), (.unordered, 2.35), (.anything, 8.1), (.equal, 0.003),
        ])
    func times(_ shape: TimeShape, _ limit: Double) {
        let times = shape.times(ChunkLimits.samples, seed: 11)
        let receipts = [Int64](repeating: 1_760_000_000_000, count: times.count)
        let bytes = TimeColumn.encode(times: times, receipts: receipts)
        let size = Double(bytes.count) / Double(times.count)
        #expect(size <= limit, "\(shape): \(size) bytes a time")
    }

    @Test("a lag that is always the same, or one receipt for all, takes a few bytes")
    func receipts() {
        let times = TimeShape.jittered.times(ChunkLimits.samples, seed: 1)
        let imported = TimeColumn.encode(times: times, receipts: times.map { _ in 1_760_000_000_000 }).count
        let steady = TimeColumn.encode(times: times, receipts: times.map { $0 + 25 }).count
        #expect(abs(imported - steady) < 16)
    }
}
