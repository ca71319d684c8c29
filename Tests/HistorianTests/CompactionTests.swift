import Foundation
import Historian
import StateKit
import Store
import Telemetry
import Testing

@Suite("Compaction")
struct CompactionTests {
    private static let start = RecordedState.dayStart

    /// Every point's samples as the history has them, by point.
    static func found(_ state: RecordedState) throws -> [[SampleBits]] {
        try (0..<state.pointCount).map {
            try #require(try state.history.samples(of: "shengli/P-\($0)", from: .min, through: .max)).map {
                SampleBits($0)
            }
        }
    }

    /// The same as a test recorded them: by time, of several with the same time the first.
    static func expected(_ samples: [RecordedSample], points: Int) -> [[SampleBits]] {
        (0..<points).map { point in
            StoredSample.merged(
                samples.filter { $0.point == point }.map {
                    StoredSample(time: $0.time, value: $0.value, quality: Quality(rawValue: $0.quality))
                }
            ).map { SampleBits($0) }
        }
    }

    /// Bursts of samples of every kind: together and apart, in order and late, over two midnights.
    static func fill(_ state: RecordedState, bursts: Int, seed: UInt64) throws -> [RecordedSample] {
        var random = RandomState(seed: seed)
        var all: [RecordedSample] = []
        for burst in 0..<bursts {
            let time = start + Int64(burst) * 60_000 * 7 + Int64.random(in: 0...9, using: &random)
            let isLate = burst % 11 == 7
            var samples: [RecordedSample] = []
            for point in 0..<state.pointCount where !(burst + point).isMultiple(of: 5) {
                let value = Double(Int.random(in: 0...9_999, using: &random)) / 1_000
                samples.append(
                    RecordedSample(
                        point, isLate ? time - 3_600_000 : time, value, quality: burst % 13 == 0 ? 64 : 192))
            }
            if burst % 17 == 3 { samples.append(RecordedSample(0, time + 5, .nan, quality: 0)) }
            try state.record(samples, isLate: isLate, events: burst % 10 == 0 ? 2 : 0, actions: burst % 25 == 0 ? 1 : 0)
            all += samples
        }
        return all
    }

    @Test(
        "moves every sample into the file of its day, and a query gives each once, before and after the rows are gone")
    func moves() throws {
        let state = try RecordedState()
        let recorded = try CompactionTests.fill(state, bursts: 500, seed: 1)
        let expected = CompactionTests.expected(recorded, points: 4)
        #expect(try CompactionTests.found(state) == expected)
        let records = try state.compact()
        #expect(records.map(\.samples).reduce(0, +) == Int64(recorded.count))
        let files = HistoryFolder(state.folder).entries().map(\.name)
        #expect(
            files == ["2025-11-22", "2025-11-23", "2025-11-24", "2025-11-25"].map { HistoryFolder.openName($0) })
        #expect(try CompactionTests.found(state) == expected)
        try state.deleteCompacted()
        #expect(try state.store.reader.samples(ofNumber: 1, from: .min, through: .max) == [])
        #expect(try CompactionTests.found(state) == expected)
        try state.reopen()
        #expect(try CompactionTests.found(state) == expected)
    }

    @Test("leaves out a sample whose point and time are on record already, and counts it")
    func merges() throws {
        let state = try RecordedState()
        let time = CompactionTests.start
        try state.record([RecordedSample(0, time, 1), RecordedSample(0, time + 1, 2)])
        try state.record([RecordedSample(0, time, 9), RecordedSample(0, time + 2, 3)])
        try state.record([])
        let merged = try state.compact().map(\.merged).reduce(0, +)
        #expect(merged == 1)
        #expect(try CompactionTests.found(state)[0].map { Double(bitPattern: $0.bits) } == [1, 2, 3])
    }

    @Test("begun and not put on record is taken out by the next, and until then nothing is found twice")
    func unfinished() throws {
        let state = try RecordedState()
        let recorded = try CompactionTests.fill(state, bursts: 120, seed: 2)
        let expected = CompactionTests.expected(recorded, points: 4)
        try state.snapshot()
        let compactor = Compactor(
            reader: state.store.reader, folder: HistoryFolder(state.folder), node: "n1",
            timeZone: RecordedState.timeZone)
        let backlog = try #require(try state.store.reader.backlog(atMost: .max))
        _ = try compactor.compact(backlog)
        #expect(try CompactionTests.found(state) == expected)
        try state.reopen()
        try state.compact()
        try state.deleteCompacted()
        #expect(try CompactionTests.found(state) == expected)
        let chunks = try HistoryFolder(state.folder).entries().map { entry in
            try DayFile(path: HistoryFolder(state.folder).file(entry.name)).rowRanges()
        }
        #expect(Set(chunks.joined()).count == 1, "one compaction's chunks, none of the unfinished one's")
    }

    @Test("keeps receipt times and shifts, and the moments of points that arrive together once")
    func moments() throws {
        let state = try RecordedState()
        for number in 0..<100 {
            let time = CompactionTests.start + Int64(number) * 1_000
            try state.record((0..<3).map { RecordedSample($0, time, Double(number)) }, shift: number < 50 ? 0 : 7)
        }
        try state.compact()
        let file = try DayFile(
            path: HistoryFolder(state.folder).file(HistoryFolder.openName("2025-11-23")))
        var moments: Set<Int64> = []
        try file.forEachChunk { entry in
            moments.insert(entry.chunk.moments)
            let series = try SampleSeries(entry, path: file.path)
            #expect(series.receipts.count == series.count)
            #expect(series.receipts.first == RecordedState.dayStart)
            #expect(series.shifts == (0..<100).prefix(series.count).map { $0 < 50 ? 0 : 7 })
        }
        #expect(moments.count == 1)
    }
}
