import Historian
import StateKit
import Store
import Testing

@Suite("Minutes of a sealed day")
struct MinuteBlockTests {
    /// What a query by minutes gives for these values, ten a second, out of a sealed day's summaries and out of the samples.
    private func summaries(_ values: [Double]) throws -> (summed: [SampleBucket], raw: [SampleBucket]) {
        let state = try RecordedState(points: 1)
        let samples = values.enumerated().map {
            RecordedSample(0, RecordedState.dayStart + Int64($0) * 100, $1)
        }
        try state.record(samples)
        try state.compact()
        try state.deleteCompacted()
        _ = try state.chores().sealDays(endedBefore: .max)
        #expect(try state.keptMinutes() == 1, "so many samples a minute that its summary pays")
        let last = RecordedState.dayStart + RecordedState.day
        let summed = try state.history.buckets(
            of: "shengli/P-0", from: RecordedState.dayStart, through: last, width: 60_000)
        let stored = try state.history.samples(of: "shengli/P-0", from: RecordedState.dayStart, through: last)
        return (try #require(summed), SampleBucket.gather(try #require(stored), width: 60_000))
    }

    @Test("keep least, greatest, count and mean of decimals, of 17-digit values and of the largest ones")
    func kept() throws {
        let shapes: [[Double]] = [
            (0..<20_000).map { Double($0 * 7_919 % 10_007) / 1_000 }, (0..<20_000).map { Double($0).squareRoot() },
            (0..<20_000).map { $0 % 2 == 0 ? -0.0 : 0.5 }, (0..<20_000).map { Double($0 % 97) * 1e300 },
            (0..<20_000).map { Double($0 % 13) * Double.leastNonzeroMagnitude },
            [Double](repeating: 21.5, count: 20_000),
        ]
        for values in shapes {
            let (summed, raw) = try summaries(values)
            #expect(summed.map(\.start) == raw.map(\.start))
            #expect(summed.map(\.least) == raw.map(\.least))
            #expect(summed.map(\.greatest) == raw.map(\.greatest))
            #expect(summed.map(\.count) == raw.map(\.count))
            for (one, other) in zip(summed, raw) {
                #expect(abs(one.mean - other.mean) <= abs(other.mean) * 1e-12)
            }
        }
    }
}
