import Evidence
import Historian
import StateKit
import Store
import Testing

@Suite("Compaction of what reaches far back")
struct LongCompactionTests {
    private static let days = 100
    /// With two points more than is gathered at once, so that files closed for the first are opened again for the second.
    private static let samplesADay = 2_700

    @Test("spreads a hundred days over their files in one pass, with some of them open at a time")
    func manyDays() throws {
        let state = try RecordedState(points: 2)
        let step = RecordedState.day / Int64(LongCompactionTests.samplesADay)
        let count = LongCompactionTests.days * LongCompactionTests.samplesADay
        let start = RecordedState.dayStart - Int64(LongCompactionTests.days) * RecordedState.day
        let samples = (0..<2).flatMap { point in
            (0..<count).map { RecordedSample(point, start + Int64($0) * step, Double($0 % 1_000) + Double(point)) }
        }
        try state.record(samples, isLate: true)
        let records = try state.compact()
        #expect(records.count == 1)
        #expect(records.first?.days.count == LongCompactionTests.days)
        #expect(records.first?.days.allSatisfy { $0.samples == 2 * LongCompactionTests.samplesADay } == true)
        let found = try CompactionTests.found(state)
        #expect(found == CompactionTests.expected(samples, points: 2))
        #expect(try Verifier(state.folder).verify().samples == Int64(2 * count))
    }
}
