import Chunks
import Store
import Telemetry

extension DayFile.Entry {
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
            let values = try column.values(blocks: blocks)
            let qualities = try column.qualities(blocks: blocks)
            samples.reserveCapacity(samples.count + times.count)
            for place in times.indices where times[place] >= first && times[place] <= last {
                samples.append(
                    StoredSample(
                        time: times[place], value: values[place], quality: Quality(rawValue: qualities[place])))
            }
        } catch let error as HistoryError {
            throw error
        } catch {
            throw HistoryError(.damaged, "\(path): chunk \(id) of \(pointName) cannot be read: \(error)")
        }
    }

    /// The blocks that hold these times, and all times of these blocks. Times rise within a chunk, mostly at one pace, so
    /// that the first guess is seldom off by more than a block.
    private func find(
        _ first: Int64, _ last: Int64, in moments: TimeColumn
    ) throws -> (blocks: Range<Int>, times: [Int64]) {
        var blocks = guess(first, moments.blockCount)..<guess(last, moments.blockCount) + 1
        while true {
            let times = try moments.times(blocks: blocks)
            let isEarlier = blocks.lowerBound > 0 && times.first.map { $0 > first } ?? false
            let isLater = blocks.upperBound < moments.blockCount && times.last.map { $0 < last } ?? false
            guard isEarlier || isLater else { return (blocks, times) }
            blocks = blocks.lowerBound - (isEarlier ? 1 : 0)..<blocks.upperBound + (isLater ? 1 : 0)
        }
    }

    private func guess(_ time: Int64, _ blockCount: Int) -> Int {
        guard time > chunk.first, chunk.last > chunk.first else { return 0 }
        guard time < chunk.last else { return blockCount - 1 }
        let share = Double(time - chunk.first) / Double(chunk.last - chunk.first)
        return min(blockCount - 1, Int(share * Double(chunk.count)) / ChunkLimits.block)
    }
}
