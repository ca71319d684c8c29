import Chunks
import Store

extension SampleSeries {
    /// Reads a chunk.
    /// - Parameter path: its file, for the error.
    package init(_ entry: DayFile.Entry, path: String) throws(HistoryError) {
        self.init()
        do {
            let moments = try TimeColumn([UInt8](entry.moments.bytes))
            times = try moments.times(blocks: 0..<moments.blockCount)
            receipts = try moments.receipts(blocks: 0..<moments.blockCount)
            let column = try ValueColumn([UInt8](entry.chunk.bytes))
            values = try column.values(blocks: 0..<column.blockCount)
            qualities = try column.qualities(blocks: 0..<column.blockCount)
            if !entry.moments.shifts.isEmpty {
                let moved = try TimeColumn([UInt8](entry.moments.shifts))
                shifts = try moved.times(blocks: 0..<moved.blockCount)
            }
        } catch {
            throw HistoryError(.damaged, "\(path): chunk \(entry.id) of \(entry.pointName) cannot be read: \(error)")
        }
        guard times.count == entry.chunk.count, values.count == times.count,
            shifts.isEmpty || shifts.count == times.count
        else {
            throw HistoryError(
                .damaged,
                "\(path): chunk \(entry.id) of \(entry.pointName) should hold \(entry.chunk.count) samples and holds "
                    + "\(times.count) times and \(values.count) values")
        }
    }

    /// Leaves out samples whose time is among `known`, which rises.
    /// - Returns: how many.
    mutating func remove(times known: [Int64]) -> Int {
        guard let first = known.first, let last = known.last else { return 0 }
        var kept: [Int] = []
        kept.reserveCapacity(count)
        var place = 0
        for (sample, time) in times.enumerated() {
            guard time >= first, time <= last else {
                kept.append(sample)
                continue
            }
            while place < known.count, known[place] < time { place += 1 }
            if place == known.count || known[place] != time { kept.append(sample) }
        }
        let left = count - kept.count
        if left > 0 { self = picked(kept) }
        return left
    }
}
