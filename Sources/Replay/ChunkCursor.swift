import Chunks
import Historian

/// Goes through one chunk of a day file sample by sample, holding a block of it at a time.
struct ChunkCursor {
    private let point: Int32
    /// Only samples of these times are handed over.
    private let times: ClosedRange<Int64>
    private let moments: TimeColumn
    private let values: ValueColumn
    private let shifts: TimeColumn?
    private let name: String
    private var nextBlock = 0
    private var block = Block()
    private var place = 0

    private struct Block {
        var times: [Int64] = []
        var receipts: [Int64] = []
        var values: [Double] = []
        var qualities: [UInt8] = []
        var shifts: [Int64] = []
    }

    /// - Parameter path: the chunk's file, for the error.
    init(_ entry: DayFile.Entry, point: Int32, times: ClosedRange<Int64>, path: String) throws(HistoryError) {
        self.point = point
        self.times = times
        name = "\(path): chunk \(entry.id) of \(entry.pointName)"
        do {
            moments = try TimeColumn([UInt8](entry.moments.bytes))
            values = try ValueColumn([UInt8](entry.chunk.bytes))
            shifts = entry.moments.shifts.isEmpty ? nil : try TimeColumn([UInt8](entry.moments.shifts))
        } catch {
            throw HistoryError(.damaged, "\(name) cannot be read: \(error)")
        }
        guard moments.count == values.count, shifts.map({ $0.count == values.count }) ?? true else {
            throw HistoryError(.damaged, "\(name) holds \(moments.count) times and \(values.count) values")
        }
    }

    /// Hands over the samples up to a time, which later calls go on from.
    /// - Returns: false once there are no more.
    mutating func take(through end: Int64, into samples: inout [RecordedSample]) throws(HistoryError) -> Bool {
        while true {
            while place < block.times.count {
                let time = block.times[place]
                guard time <= end else { return true }
                if times.contains(time) {
                    samples.append(
                        RecordedSample(
                            time: time, value: block.values[place], receipt: block.receipts[place],
                            shift: block.shifts.isEmpty ? 0 : block.shifts[place], point: point,
                            quality: block.qualities[place]))
                }
                place += 1
            }
            guard nextBlock < moments.blockCount else { return false }
            if let last = block.times.last, last > times.upperBound { return false }
            try readBlock()
        }
    }

    private mutating func readBlock() throws(HistoryError) {
        let blocks = nextBlock..<nextBlock + 1
        nextBlock += 1
        place = 0
        do {
            block.times = try moments.times(blocks: blocks)
            // Blocks before the first time wanted need not be read further.
            guard let last = block.times.last, last >= times.lowerBound else {
                block.times = []
                return
            }
            block.receipts = try moments.receipts(blocks: blocks)
            block.values = try values.values(blocks: blocks)
            block.qualities = try values.qualities(blocks: blocks)
            block.shifts = try shifts?.times(blocks: blocks) ?? []
        } catch {
            throw HistoryError(.damaged, "\(name) cannot be read: \(error)")
        }
    }
}
