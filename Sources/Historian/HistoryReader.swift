import Foundation
package import Store
import Synchronization
import Telemetry

/// Reads recorded samples wherever they are: the journal, growing day files, sealed ones. Safe on any thread.
///
/// The journal is looked at before the folder: what is compacted in between is then found twice and kept once; the
/// other way round it would be missed.
package final class HistoryReader: Sendable {
    /// A day file can be sealed between listing the folder and opening it; then the folder is listed again.
    private static let mostTries = 5

    let state: StateReader
    private let folder: HistoryFolder
    private let rollupPath: String
    private let files = DayFileCache()
    private let rollups = Mutex<RollupReader?>(nil)
    private let listing = HistoryListing()
    /// Numbers of points that were asked for; they never change.
    private let numbers = Mutex<[String: Int64]>([:])
    /// The most of them.
    private static let mostNumbers = 16_384

    package init(_ state: StateReader, _ stateFolder: StateFolder) {
        self.state = state
        folder = HistoryFolder(stateFolder)
        rollupPath = stateFolder.rollups
    }

    /// A point's samples from one time to another (UTC milliseconds, both included), by time; of several with the
    /// same time the first recorded.
    /// - Parameter point: `SITE/POINT`.
    /// - Returns: nil if no point of this name was ever in force.
    package func samples(of point: String, from first: Int64, through last: Int64) throws -> [StoredSample]? {
        guard let number = try number(of: point) else { return nil }
        return try samples(of: number, from: first, through: last)
    }

    /// The samples nearest to one end of a stretch of time, day after day, until there are enough.
    /// - Parameters:
    ///   - most: how many at most.
    ///   - newestFirst: begin at `last` and go back, instead of the other way.
    package func samples(
        of point: String, from first: Int64, through last: Int64, atMost most: Int, newestFirst: Bool
    ) throws -> [StoredSample]? {
        guard let number = try number(of: point) else { return nil }
        var found: [StoredSample] = []
        for part in try stretches(of: number, first, last, newestFirst: newestFirst) {
            let samples = try samples(of: number, from: part.lowerBound, through: part.upperBound)
            found += newestFirst ? samples.reversed() : samples
            if found.count >= most { return Array(found.prefix(most)) }
        }
        return found
    }

    /// The same samples summarised by stretches of `width` milliseconds; minutes of sealed days are read from their
    /// summaries, which hold least, greatest, sum and count, so that no extreme is lost.
    package func buckets(
        of point: String, from first: Int64, through last: Int64, width: Int64
    ) throws -> [SampleBucket]? {
        guard let number = try number(of: point) else { return nil }
        var buckets: [SampleBucket] = []
        var next = first
        if width % RollupFile.minute == 0 {
            for day in try summarised(number, first, last) {
                let start = max(day.times.lowerBound, next)
                let whole = RollupReader.wholeMinutes(start..<max(start, min(day.times.upperBound, last + 1)))
                guard !whole.isEmpty else { continue }
                try addRaw(number, next, whole.lowerBound - 1, width, &buckets)
                for entry in try MinuteBlock.decode([UInt8](day.bytes)) where whole.contains(entry.start) {
                    SampleBucket.add(entry, to: &buckets, width: width)
                }
                next = whole.upperBound
            }
        }
        try addRaw(number, next, last, width, &buckets)
        return buckets
    }

    private func number(of point: String) throws -> Int64? {
        if let known = numbers.withLock({ $0[point] }) { return known }
        guard let number = try state.pointNumber(point) else { return nil }
        numbers.withLock { numbers in
            if numbers.count >= HistoryReader.mostNumbers { numbers.removeAll() }
            numbers[point] = number
        }
        return number
    }

    private func addRaw(
        _ point: Int64, _ first: Int64, _ last: Int64, _ width: Int64, _ buckets: inout [SampleBucket]
    ) throws {
        for part in try stretches(of: point, first, last, newestFirst: false) {
            let samples = try samples(of: point, from: part.lowerBound, through: part.upperBound)
            SampleBucket.add(samples, to: &buckets, width: width)
        }
    }

    /// Days whose summaries say everything: nothing of them lies in the journal or a growing file.
    private func summarised(_ point: Int64, _ first: Int64, _ last: Int64) throws -> [RollupReader.Day] {
        let known = try rollups.withLock { known in
            if known == nil { known = try RollupReader(path: rollupPath) }
            return known
        }
        guard let known, first <= last else { return [] }
        let growing = Set(listing.reading(folder).entries.filter(\.isOpen).map(\.day))
        let days = try known.days(of: point, first..<last + 1).filter { !growing.contains($0.day) }
        guard let from = days.first?.times.lowerBound, let end = days.last?.times.upperBound else { return [] }
        let recent = try state.samples(ofNumber: point, from: from, through: end - 1)
        guard !recent.isEmpty else { return days }
        return days.filter { day in !recent.contains { day.times.contains($0.time) } }
    }

    private func samples(of point: Int64, from first: Int64, through last: Int64) throws -> [StoredSample] {
        guard first <= last else { return [] }
        let (journal, done) = try state.journal(ofNumber: point, from: first, through: last)
        let recorded = try recorded(point, first, last, compacted: done)
        return journal.isEmpty ? recorded : StoredSample.merged(recorded + journal)
    }

    /// What day files hold, by time.
    /// - Parameter done: the last journal row compacted when the journal was read.
    func recorded(_ point: Int64, _ first: Int64, _ last: Int64, compacted done: Int64) throws -> [StoredSample] {
        for _ in 1..<HistoryReader.mostTries {
            if let recorded = try? compacted(point, first, last, done) { return recorded }
        }
        return try compacted(point, first, last, done)
    }

    private func compacted(
        _ point: Int64, _ first: Int64, _ last: Int64, _ done: Int64
    ) throws -> [StoredSample] {
        var found: [StoredSample] = []
        var isMixed = false
        let reading = listing.reading(folder)
        for entry in HistoryFolder.overlapping(reading.entries, first, last) {
            let file = try files.file(folder.file(entry.name), isSealed: !entry.isOpen, reading: reading.number)
            // What no record binds is not history: a compaction under way, whose samples the journal still has.
            let known = entry.isOpen ? done : .max
            for chunk in try file.chunks(of: point, from: first, through: last)
            where chunk.chunk.rows.upperBound <= known {
                isMixed = isMixed || !found.isEmpty
                try chunk.append(to: &found, from: first, through: last, path: file.path)
            }
        }
        // The times of one chunk rise.
        return isMixed ? StoredSample.merged(found) : found
    }

    /// Parts of a stretch of time such that each is the journal's alone or about a day of history.
    func stretches(
        of point: Int64, _ first: Int64, _ last: Int64, newestFirst: Bool
    ) throws -> [ClosedRange<Int64>] {
        guard first <= last else { return [] }
        let reading = listing.reading(folder)
        var cuts = try HistoryFolder.overlapping(reading.entries, first, last)
            .map { try files.file(folder.file($0.name), isSealed: !$0.isOpen, reading: reading.number).day().times }
            .flatMap { [$0.lowerBound, $0.upperBound] }
        cuts = Array(Set(cuts.filter { $0 > first && $0 <= last })).sorted()
        var parts: [ClosedRange<Int64>] = []
        var start = first
        for cut in cuts {
            parts.append(start...cut - 1)
            start = cut
        }
        parts.append(start...last)
        return newestFirst ? parts.reversed() : parts
    }
}
