import Historian
import Store
import Telemetry
import Testing

@Suite("A summary of samples")
struct BucketTests {
    @Test("summarises stretches of time without bad values; a stretch begins at a whole multiple of its length")
    func buckets() {
        let samples = [
            StoredSample(time: -1, value: 5, quality: .good), StoredSample(time: 0, value: 1, quality: .good),
            StoredSample(time: 5, value: 100, quality: .bad), StoredSample(time: 9, value: 2, quality: .uncertain),
            StoredSample(time: 10, value: .nan, quality: .bad), StoredSample(time: 25, value: -4, quality: .good),
        ]
        let buckets = SampleBucket.gather(samples, width: 10)
        #expect(buckets.map(\.start) == [-10, 0, 20])
        #expect(buckets.map(\.least) == [5, 1, -4])
        #expect(buckets.map(\.greatest) == [5, 2, -4])
        #expect(buckets.map(\.mean) == [5, 1.5, -4])
        #expect(buckets.map(\.count) == [1, 2, 1])
    }
}
