import Evidence
import Historian
import StateKit
import Store
import Telemetry

/// A node's life in an order that a seed decides, with ends of its process at every moment that matters.
final class RandomRun {
    private enum Step: CaseIterable {
        case record, recordLate, recordNothing, compact, delete, sealDays, seal, reopen, rotate
        case endDuringCompaction, endBeforeDayRecord, endBeforeAdoption
    }

    let state: RecordedState
    private var random: RandomState
    private var time = RecordedState.dayStart
    private(set) var seals: [Seal] = []
    private(set) var story: [String] = []
    private(set) var samples: Int64 = 0

    init(seed: UInt64) throws {
        state = try RecordedState(points: 3)
        random = RandomState(seed: seed)
    }

    func step() throws {
        let step = Int.random(in: 0..<3, using: &random) > 0 ? .record : Step.allCases.randomElement(using: &random)
        story.append("\(step ?? .record)")
        switch step ?? .record {
        case .record: try record(bursts: 6)
        case .recordLate: try recordLate()
        case .recordNothing: try state.record([], events: 1, actions: Int.random(in: 0...1, using: &random))
        case .compact: try state.compact()
        case .delete:
            if Bool.random(using: &random) { try state.snapshot() }
            _ = try state.store.deleteCompacted()
        case .sealDays: _ = try state.chores().sealDays(endedBefore: time - RecordedState.day / 4)
        case .seal: try seal()
        case .reopen: try reopen()
        case .rotate: try rotate()
        case .endDuringCompaction: try endDuringCompaction()
        case .endBeforeDayRecord: try endWhileSealing(isRecorded: false)
        case .endBeforeAdoption: try endWhileSealing(isRecorded: true)
        }
    }

    private func record(bursts: Int) throws {
        for _ in 0..<bursts {
            time += Int64.random(in: 1_000...7_200_000, using: &random)
            try record(at: time, isLate: false)
        }
    }

    private func recordLate() throws {
        try record(at: time - Int64.random(in: 0...3 * RecordedState.day, using: &random), isLate: true)
    }

    private func record(at time: Int64, isLate: Bool) throws {
        let recorded = (0..<Int.random(in: 1...3, using: &random)).map { point in
            let isBad = Int.random(in: 0..<20, using: &random) == 0
            return RecordedSample(
                point, time, isBad ? .nan : Double(Int.random(in: -99...99, using: &random)) / 10,
                quality: isBad ? 0 : 192)
        }
        samples += Int64(recorded.count)
        try state.record(
            recorded, shift: Int.random(in: 0..<9, using: &random) == 0 ? 250 : 0, isLate: isLate,
            events: Int.random(in: 0...2, using: &random), actions: Int.random(in: 0...3, using: &random) / 3)
    }

    private func seal() throws {
        guard try state.sealer.seal(at: state.now), let document = try state.store.reader.newestSeal() else { return }
        seals.append(try Seal(document: document))
    }

    private func rotate() throws {
        guard let record = try state.sealer.rotate() else { return }
        try state.commit(records: [record])
    }

    private func reopen() throws {
        try state.reopen()
        try state.chores().recover()
    }

    /// Chunks are on disk, their record is not.
    private func endDuringCompaction() throws {
        try state.snapshot()
        let compactor = Compactor(
            reader: state.store.reader, folder: HistoryFolder(state.folder), node: RecordedState.node,
            timeZone: RecordedState.timeZone)
        if let backlog = try state.store.reader.backlog(atMost: .max), backlog.samples > 0 {
            _ = try compactor.compact(backlog)
        }
        try verify()
        try reopen()
    }

    /// The sealed file is written; whether it is on record or not, it did not take the growing one's place.
    private func endWhileSealing(isRecorded: Bool) throws {
        let folder = HistoryFolder(state.folder)
        let sealer = DaySealer(
            folder: folder, rollups: try RollupFile(path: state.folder.rollups), node: RecordedState.node,
            timeZone: RecordedState.timeZone)
        guard let entry = folder.entries().first(where: \.isOpen) else { return }
        let times = try DayFile(path: folder.file(entry.name)).day().times
        guard try !state.store.reader.hasUncompacted(times) else { return }
        let record = try sealer.prepare(entry, compacted: try state.store.reader.compactedThrough())
        if isRecorded { try state.commit(records: [try record.record]) }
        try verify()
        try reopen()
    }

    @discardableResult
    func verify() throws -> Verification {
        let witnessed = seals.randomElement(using: &random).map { [$0] } ?? []
        return try Verifier(state.folder, witnessed: witnessed).verify()
    }

    /// Whether to look now.
    func isTimeToLook() -> Bool { Int.random(in: 0..<4, using: &random) == 0 }
}
