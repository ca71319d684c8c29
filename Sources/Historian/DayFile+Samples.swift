import Chunks
import Store
import Telemetry

extension DayFile.Entry {
    /// Samples by which a guess may be off without the times being decoded again.
    private static let margin = 32

    /// Adds the chunk's samples of these times, both included. Only the blocks they lie in are decoded.
    func append(
        to samples: inout [StoredSample], from first: Int64, through last: Int64, path: String
    ) throws(HistoryError) {
        do {
            let moments = try TimeColumn([UInt8](self.moments.bytes))
            let column = try ValueColumn([UInt8](chunk.bytes))
            guard moments.count == chunk.count, column.count == chunk.count else {
                throw HistoryError(
                    .damaged, "\(path): chunk \(id) of \(pointName) does not hold the \(chunk.count) samples it should")
            }
            let (blocks, times) = try find(first, last, in: moments)
            let start = times.partition { $0 >= first }
            let end = times.partition { $0 > last }
            guard start < end else { return }
            let values = try column.values(blocks: blocks, atMost: end)
            let qualities = try column.qualities(blocks: blocks, atMost: end)
            let found = StoredSample.joined(start..<end, times: times, values: values, qualities: qualities)
            if samples.isEmpty { samples = found } else { samples += found }
        } catch let error as HistoryError {
            throw error
        } catch {
            throw HistoryError(.damaged, "\(path): chunk \(id) of \(pointName) cannot be read: \(error)")
        }
    }

    /// The blocks that hold these times, and the times of these blocks up to the last that is asked for. Times rise
    /// within a chunk, mostly at one pace, so that the first guess is seldom off by more than a few samples.
    private func find(
        _ first: Int64, _ last: Int64, in moments: TimeColumn
    ) throws -> (blocks: Range<Int>, times: [Int64]) {
        let end = guess(last)
        var blocks = guess(first) / ChunkLimits.block..<end / ChunkLimits.block + 1
        var most = end + DayFile.Entry.margin - blocks.lowerBound * ChunkLimits.block
        while true {
            let times = try moments.times(blocks: blocks, atMost: most)
            let whole = min(blocks.upperBound * ChunkLimits.block, moments.count)
            let isCut = blocks.lowerBound * ChunkLimits.block + times.count < whole
            let isEarlier = blocks.lowerBound > 0 && times.first.map { $0 > first } ?? false
            let isLater = (isCut || blocks.upperBound < moments.blockCount) && times.last.map { $0 <= last } ?? false
            guard isEarlier || isLater else { return (blocks, times) }
            most = .max
            blocks = blocks.lowerBound - (isEarlier ? 1 : 0)..<blocks.upperBound + (isLater && !isCut ? 1 : 0)
        }
    }

    /// About where a time lies among the chunk's samples, of which there is one at least.
    private func guess(_ time: Int64) -> Int {
        guard time > chunk.first, chunk.last > chunk.first else { return 0 }
        guard time < chunk.last else { return chunk.count - 1 }
        return Int(Double(time - chunk.first) / Double(chunk.last - chunk.first) * Double(chunk.count - 1))
    }
}

extension [Int64] {
    /// The first place whose element, and that of every later one, fulfils a condition.
    fileprivate func partition(_ condition: (Int64) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
