import Historian
import Store

/// Reads what is on record of many points in the order of its times, a window of a few hundred thousand samples at a
/// time: day files through a cursor for each chunk, and the journal beside them. Memory is bounded by the points,
/// whatever the time. Used by one thread.
final class RecordedHistory {
    /// A day file can be sealed between listing the folder and opening it; then the folder is listed again.
    private static let mostTries = 5
    /// Samples of a window aimed at, and of a period whose chunks are open at once.
    private static let windowGoal = 250_000
    private static let periodGoal = 8_000_000
    private static let windowBounds: ClosedRange<Int64> = 1_000...86_400_000
    private static let periodBounds: ClosedRange<Int64> = 600_000...86_400_000

    private let state: StateReader
    private let folder: HistoryFolder
    /// Durable numbers of the points, by their places; nil for what was never recorded.
    private let numbers: [Int64?]
    private let places: [Int64: Int32]
    private let last: Int64

    private var cursors: [ChunkCursor] = []
    /// Where the next window begins, and where the period ends whose chunks are open.
    private var next: Int64
    private var periodEnd: Int64
    private var periodLength: Int64 = 7_200_000
    private var periodCount = 0
    private var windowLength: Int64 = 60_000
    /// The last journal row whose samples the open chunks hold.
    private var compacted: Int64 = -1

    init(state: StateReader, folder: StateFolder, numbers: [Int64?], times: ClosedRange<Int64>) {
        self.state = state
        self.folder = HistoryFolder(folder)
        self.numbers = numbers
        places = Dictionary(
            numbers.enumerated().compactMap { place, number in number.map { ($0, Int32(place)) } },
            uniquingKeysWith: { first, _ in first })
        next = times.lowerBound
        last = times.upperBound
        periodEnd = times.lowerBound - 1
    }

    /// Adds the samples of the next window, in no particular order but that of their times for each point's chunks.
    /// - Returns: the window's last time; nil when there are no more.
    func next(into samples: inout [RecordedSample]) throws -> Int64? {
        guard next <= last else { return nil }
        if next > periodEnd { try openPeriod() }
        let end = min(last, periodEnd, next + windowLength - 1)
        let before = samples.count
        while true {
            let seen = try state.forEachUncompacted(from: next, through: end) { row in
                guard let place = places[row.point] else { return }
                samples.append(
                    RecordedSample(
                        time: row.time, value: row.value, receipt: row.receivedAt, shift: row.shift, point: place,
                        quality: row.quality))
            }
            guard seen != compacted else { break }
            // What was compacted meanwhile is in chunks that are not open yet.
            samples.removeSubrange(before...)
            try openChunks(from: next)
        }
        try takeChunks(through: end, into: &samples)
        let count = samples.count - before
        periodCount += count
        adapt(to: count)
        next = end + 1
        return end
    }

    private func adapt(to count: Int) {
        if count > RecordedHistory.windowGoal * 2 { windowLength /= 2 }
        if count < RecordedHistory.windowGoal / 2 { windowLength *= 2 }
        windowLength = min(
            max(windowLength, RecordedHistory.windowBounds.lowerBound), RecordedHistory.windowBounds.upperBound)
    }

    private func openPeriod() throws {
        if periodCount > RecordedHistory.periodGoal { periodLength /= 2 }
        if periodCount < RecordedHistory.periodGoal / 4 { periodLength *= 2 }
        periodLength = min(
            max(periodLength, RecordedHistory.periodBounds.lowerBound), RecordedHistory.periodBounds.upperBound)
        periodCount = 0
        periodEnd = min(last, next + periodLength - 1)
        try openChunks(from: next)
    }

    private func takeChunks(through end: Int64, into samples: inout [RecordedSample]) throws {
        var kept = 0
        for place in cursors.indices where try cursors[place].take(through: end, into: &samples) {
            if kept != place { cursors.swapAt(kept, place) }
            kept += 1
        }
        cursors.removeSubrange(kept...)
    }

    // MARK: Chunks

    private func openChunks(from start: Int64) throws {
        for _ in 1..<RecordedHistory.mostTries {
            if let opened = try? chunks(from: start) {
                cursors = opened
                return
            }
        }
        cursors = try chunks(from: start)
    }

    private func chunks(from start: Int64) throws -> [ChunkCursor] {
        // The journal is looked at before the folder: what is compacted in between is then found twice, which an engine
        // takes for a repeat; the other way round it would be missed.
        compacted = try state.compactedThrough()
        var opened: [ChunkCursor] = []
        for entry in folder.entries(from: start, through: periodEnd) {
            let file = try DayFile(path: folder.file(entry.name))
            let known = entry.isOpen ? compacted : .max
            for (place, number) in numbers.enumerated() {
                guard let number else { continue }
                for chunk in try file.chunks(of: number, from: start, through: periodEnd)
                where chunk.chunk.rows.upperBound <= known {
                    opened.append(
                        try ChunkCursor(chunk, point: Int32(place), times: start...periodEnd, path: file.path))
                }
            }
        }
        return opened
    }
}
