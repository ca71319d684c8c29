import Foundation
import Historian
import Store

/// A line of `proof/chunks.jsonl`: a chunk with all that its hash covers.
struct ProofChunk: Codable, Sendable {
    /// The line of `files.jsonl`, from 0.
    var file: Int
    var point: String
    var first: Int64
    var last: Int64
    var count: Int
    /// The journal rows it came from.
    var rowFirst: Int64
    var rowLast: Int64
    /// Least, greatest and sum as the bits of doubles; nil if there are none.
    var summary: [Int64]?
    /// The hash of its moments.
    var moments: String
    var bytes: Data
    var sha256: String

    init(_ entry: DayFile.Entry, file: Int) {
        self.file = file
        point = entry.pointName
        first = entry.chunk.first
        last = entry.chunk.last
        count = entry.chunk.count
        rowFirst = entry.chunk.rows.lowerBound
        rowLast = entry.chunk.rows.upperBound
        summary = entry.chunk.summary.map { figures in
            [figures.least, figures.greatest, figures.sum].map { Int64(bitPattern: $0.bitPattern) }
        }
        moments = entry.momentsDigest.hexadecimal
        bytes = entry.chunk.bytes
        sha256 = entry.digest.hexadecimal
    }

    /// The chunk as a day file has it.
    func entry(_ moments: Moments) -> DayFile.Entry {
        let figures = (summary ?? []).map { Double(bitPattern: UInt64(bitPattern: $0)) }
        let chunk = Chunk(
            point: 0, first: first, last: last, count: count,
            summary: figures.count == 3
                ? Chunk.Summary(least: figures[0], greatest: figures[1], sum: figures[2]) : nil,
            moments: 0, rows: rowFirst...max(rowFirst, rowLast), bytes: bytes)
        return DayFile.Entry(
            id: 0, chunk: chunk, pointName: point, digest: Data(hexadecimal: sha256) ?? Data(), moments: moments)
    }
}
