import Foundation
import Historian
import StateKit
import Store
import Testing

@Suite("Sealing a day")
struct SealingTests {
    private static let start = RecordedState.dayStart

    private func names(_ state: RecordedState) -> [String] { HistoryFolder(state.folder).entries().map(\.name) }

    @Test("gives it one file that holds every sample once, and takes the growing one away")
    func seals() throws {
        let state = try RecordedState()
        let recorded = try CompactionTests.fill(state, bursts: 300, seed: 3)
        try state.compact()
        try state.deleteCompacted()
        let sealed = try state.chores().sealDays(endedBefore: SealingTests.start + RecordedState.day)
        #expect(sealed.map(\.day) == ["2025-11-22", "2025-11-23"])
        #expect(names(state) == ["2025-11-22.sqlite", "2025-11-23.sqlite", "2025-11-24.open.sqlite"])
        #expect(try CompactionTests.found(state) == CompactionTests.expected(recorded, points: 4))
        let left = try FileManager.default.contentsOfDirectory(atPath: HistoryFolder(state.folder).path)
        #expect(!left.contains { $0.hasPrefix("2025-11-23.open") || $0.contains(".new") }, "\(left)")
    }

    @Test("waits for what of it lies in the journal")
    func waits() throws {
        let state = try RecordedState()
        try state.record([RecordedSample(0, SealingTests.start, 1)])
        try state.record([])
        try state.compact()
        try state.record([RecordedSample(0, SealingTests.start + 1, 2)])
        #expect(try state.chores().sealDays(endedBefore: .max).isEmpty)
        try state.record([])
        try state.compact()
        #expect(try state.chores().sealDays(endedBefore: .max).map(\.samples) == [2])
    }

    @Test("once more for data that came later gives a file of its own, without what the first has")
    func late() throws {
        let state = try RecordedState()
        let time = SealingTests.start
        try state.record([RecordedSample(0, time, 1), RecordedSample(0, time + 2, 3)])
        try state.record([])
        try state.compact()
        _ = try state.chores().sealDays(endedBefore: .max)
        try state.record([RecordedSample(0, time, 7), RecordedSample(0, time + 1, 2)], isLate: true)
        try state.record([])
        try state.compact()
        #expect(try CompactionTests.found(state)[0].map { Double(bitPattern: $0.bits) } == [1, 2, 3])
        let second = try state.chores().sealDays(endedBefore: .max)
        #expect(second.map(\.file) == ["2025-11-23.1.sqlite"])
        #expect(second.map(\.samples) == [1])
        #expect(second.map(\.merged) == [1])
        #expect(try CompactionTests.found(state)[0].map { Double(bitPattern: $0.bits) } == [1, 2, 3])
        try state.record([RecordedSample(0, time, 8)], isLate: true)
        try state.record([])
        try state.compact()
        #expect(try state.chores().sealDays(endedBefore: .max).map(\.file) == [""], "nothing in it was new")
        #expect(names(state) == ["2025-11-23.sqlite", "2025-11-23.1.sqlite"])
    }

    /// Where a process can end while it seals.
    enum Step: CaseIterable {
        case prepared, recorded, renamed
    }

    @Test("is finished or undone after a process that ended half way", arguments: Step.allCases)
    func recovers(from step: Step) throws {
        let state = try RecordedState()
        let recorded = try CompactionTests.fill(state, bursts: 150, seed: 4)
        try state.compact()
        try state.deleteCompacted()
        let history = HistoryFolder(state.folder)
        let sealer = DaySealer(
            folder: history, rollups: try RollupFile(path: state.folder.rollups), node: "n1",
            timeZone: RecordedState.timeZone)
        let entry = try #require(history.entries().first { $0.day == "2025-11-23" })
        let record = try sealer.prepare(entry, compacted: try state.store.reader.compactedThrough())
        if step != .prepared { try state.commit(records: [try record.record]) }
        if step == .renamed {
            try FileManager.default.moveItem(
                atPath: history.file(record.file + ".new"), toPath: history.file(record.file))
        }
        try state.reopen()
        let expected = CompactionTests.expected(recorded, points: 4)
        #expect(try CompactionTests.found(state) == expected)
        let chores = try state.chores()
        try chores.recover()
        #expect(try CompactionTests.found(state) == expected)
        #expect(names(state).contains("2025-11-23.sqlite") == (step != .prepared))
        #expect(names(state).contains("2025-11-23.open.sqlite") == (step == .prepared))
        _ = try chores.sealDays(endedBefore: .max)
        #expect(try CompactionTests.found(state) == expected)
    }
}
