import Chunks
import Foundation
import Store

/// Cuts sorted series into chunks and puts them into day files, sharing the moments of points that arrive together.
struct ChunkWriter {
    /// What one day file got.
    struct Tally {
        var chunks = 0
        var samples: Int64 = 0
        /// Over the chunks' hashes, in the order of their ids.
        var digests = ChainHasher()

        mutating func add(_ digest: Data, samples: Int) {
            chunks += 1
            self.samples += Int64(samples)
            digests.add(raw: digest)
        }
    }

    private struct SharedMoments {
        let times: [Int64]
        let receipts: [Int64]
        let shifts: [Int64]
        let moments: Moments
        let digest: Data
        /// The chunk that has them; 0 before it is written.
        var id: Int64 = 0
    }

    private static let mostShared = 32

    let writer: DayFileWriter
    private let effort: EncodingEffort
    private(set) var tally: Tally
    private var shared: [Int: SharedMoments] = [:]

    /// - Parameter tally: what the file got already.
    init(_ writer: DayFileWriter, _ tally: Tally = Tally()) {
        self.writer = writer
        // Sealing encodes anew what a growing file has.
        effort = writer.isFinal ? .thorough : .quick
        self.tally = tally
    }

    /// Writes the samples of one point, all of the file's day.
    mutating func write(
        _ series: SampleSeries, point: Int64, name: String, rows: ClosedRange<Int64>
    ) throws(HistoryError) {
        var start = 0
        while start < series.count {
            let end = min(series.count, start + Chunk.capacity)
            try write(chunk: series.slice(start..<end), point, name, rows)
            start = end
        }
    }

    private mutating func write(
        chunk series: SampleSeries, _ point: Int64, _ name: String, _ rows: ClosedRange<Int64>
    ) throws(HistoryError) {
        let (key, moments) = moments(of: series)
        let chunk = Chunk(
            point: point, first: series.times[0], last: series.times[series.count - 1], count: series.count,
            summary: Chunk.Summary(series), moments: moments.id, rows: rows,
            bytes: Data(ValueColumn.encode(values: series.values, qualities: series.qualities, effort: effort)))
        let (id, digest) = try writer.add(
            chunk, pointName: name, moments: moments.moments, momentsDigest: moments.digest)
        if moments.id == 0 { share(moments, key, as: id) }
        tally.add(digest, samples: series.count)
    }

    /// Those of a chunk written before, or new ones.
    private func moments(of series: SampleSeries) -> (key: Int, moments: SharedMoments) {
        var hasher = Hasher()
        hasher.combine(series.times)
        hasher.combine(series.receipts)
        let key = hasher.finalize()
        if let known = shared[key], known.times == series.times, known.receipts == series.receipts,
            known.shifts == series.shifts
        {
            return (key, known)
        }
        let moments = Moments(
            count: series.count,
            bytes: Data(TimeColumn.encode(times: series.times, receipts: series.receipts, effort: effort)),
            shifts: series.shifts.isEmpty
                ? Data() : Data(TimeColumn.encode(times: series.shifts, receipts: series.shifts)))
        let fresh = SharedMoments(
            times: series.times, receipts: series.receipts, shifts: series.shifts, moments: moments,
            digest: moments.digest)
        return (key, fresh)
    }

    private mutating func share(_ moments: SharedMoments, _ key: Int, as id: Int64) {
        // Points of one gateway are neighbours, so that old ones are hardly asked for again.
        if shared.count >= ChunkWriter.mostShared { shared.removeAll(keepingCapacity: true) }
        shared[key] = moments
        shared[key]?.id = id
    }
}

extension Chunk.Summary {
    /// Of the samples that are neither bad nor without a value; nil if there are none, or their sum is too large.
    init?(_ series: SampleSeries) {
        var figures: (least: Double, greatest: Double, sum: Double)?
        for place in series.values.indices where series.qualities[place] & 0xC0 != 0 {
            // Minus zero becomes zero: SQLite keeps no other.
            let value = series.values[place] + 0
            guard value.isFinite else { continue }
            figures = (
                min(figures?.least ?? value, value), max(figures?.greatest ?? value, value),
                (figures?.sum ?? 0) + value
            )
        }
        guard let figures, figures.sum.isFinite else { return nil }
        self.init(least: figures.least, greatest: figures.greatest, sum: figures.sum)
    }
}
