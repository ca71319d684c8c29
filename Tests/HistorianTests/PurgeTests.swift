import Evidence
import Foundation
import Historian
import StateKit
import Store
import Testing

@Suite("Purging")
struct PurgeTests {
    /// Ten days with a sample each, sealed.
    private func sealed() throws -> RecordedState {
        let state = try RecordedState()
        for number in 0..<Int64(10) {
            try state.record([RecordedSample(0, RecordedState.dayStart + number * RecordedState.day, Double(number))])
        }
        try state.compact()
        try state.deleteCompacted()
        _ = try state.chores().sealDays(endedBefore: .max)
        return state
    }

    private func values(_ state: RecordedState) throws -> [Double] {
        try CompactionTests.found(state)[0].map { Double(bitPattern: $0.bits) }
    }

    @Test("removes whole days past their time, keeps their seals on record, and what is left verifies")
    func purges() throws {
        let state = try sealed()
        let now = RecordedState.dayStart + 44 * RecordedState.day
        let removed = try state.chores().purge(rawDays: 40, missing: 0, at: now)
        #expect(removed.map(\.reason) == ["retention"])
        #expect(
            removed[0].files.map(\.file) == [
                "2025-11-23.sqlite", "2025-11-24.sqlite", "2025-11-25.sqlite", "2025-11-26.sqlite",
            ])
        #expect(try values(state) == [4, 5, 6, 7, 8, 9])
        #expect(try Verifier(state.folder).verify().dayFiles == 6)
        #expect(try state.chores().purge(rawDays: 40, missing: 0, at: now).isEmpty, "nothing is left to remove")
    }

    @Test("for space takes the oldest beyond the legal 30 days, and none of those")
    func early() throws {
        let state = try sealed()
        let now = RecordedState.dayStart + 35 * RecordedState.day
        #expect(try state.chores().purge(rawDays: 400, missing: .max, at: now).map(\.reason) == ["space"])
        #expect(try values(state) == [5, 6, 7, 8, 9])
    }

    @Test("keeps the minutes of what it removes, of noise too, whose minutes did not pay beside the samples")
    func minutes() throws {
        let state = try RecordedState()
        var random = SystemRandomNumberGenerator()
        for number in 0..<Int64(40) {
            try state.record(
                (0..<Int64(100)).map { sample in
                    let time = RecordedState.dayStart + (number * 100 + sample) * 1_000
                    return RecordedSample(0, time, Double.random(in: 0...1, using: &random))
                })
        }
        try state.compact()
        try state.deleteCompacted()
        _ = try state.chores().sealDays(endedBefore: .max)
        #expect(try state.keptMinutes() == 0)
        let last = RecordedState.dayStart + RecordedState.day
        let before = try state.history.buckets(
            of: "shengli/P-0", from: RecordedState.dayStart, through: last, width: 60_000)
        #expect(before?.count == 67)
        let now = RecordedState.dayStart + 42 * RecordedState.day
        #expect(try state.chores().purge(rawDays: 40, missing: 0, at: now).count == 1)
        #expect(try values(state).isEmpty)
        #expect(try state.keptMinutes() == 1)
        let hours = "SELECT COUNT(*), MIN(t), SUM(count) FROM hour"
        #expect(
            try state.sqlite(state.folder.rollups, hours) == "2|\(RecordedState.dayStart / 3_600_000 * 3_600_000)|4000",
            "hours of a fragment of a day, too")
        let after = try state.history.buckets(
            of: "shengli/P-0", from: RecordedState.dayStart, through: last, width: 60_000)
        #expect(after?.map(\.start) == before?.map(\.start) && after?.map(\.least) == before?.map(\.least))
        #expect(after?.map(\.greatest) == before?.map(\.greatest) && after?.map(\.count) == before?.map(\.count))
    }

    @Test("recorded and not carried out is carried out at the next start")
    func recovers() throws {
        let state = try sealed()
        let day = try #require(try state.store.reader.records(.day).first.map { try DayRecord(body: $0) })
        let file = PurgeRecord.File(file: day.file, samples: day.samples, digest: day.digest)
        try state.commit(records: [try PurgeRecord(files: [file], reason: "retention").record])
        try state.reopen()
        try state.chores().recover()
        #expect(try values(state).first == 1)
        _ = try Verifier(state.folder).verify()
    }
}
