import Chunks
package import Foundation
import Store

/// A stretch of one point's samples as a day file keeps it (`schemas/state.md`); the times lie in `Moments`, which
/// points that arrive together share.
package struct Chunk: Sendable {
    /// The most samples of a chunk.
    package static let capacity = ChunkLimits.samples

    /// The point's durable number.
    package var point: Int64
    package var first: Int64
    package var last: Int64
    package var count: Int
    /// Of its samples that are neither bad nor without a value; nil if there are none.
    package var summary: Summary?
    /// The number of the chunk in the same file that has its times; 0 for one that is yet to be written with its own.
    package var moments: Int64
    /// The journal rows it came from.
    package var rows: ClosedRange<Int64>
    /// Values and qualities (`schemas/chunk-format.md`).
    package var bytes: Data

    package struct Summary: Sendable, Hashable {
        package var least: Double
        package var greatest: Double
        package var sum: Double

        package init(least: Double, greatest: Double, sum: Double) {
            self.least = least
            self.greatest = greatest
            self.sum = sum
        }
    }

    package init(
        point: Int64, first: Int64, last: Int64, count: Int, summary: Summary?, moments: Int64,
        rows: ClosedRange<Int64>, bytes: Data
    ) {
        self.point = point
        self.first = first
        self.last = last
        self.count = count
        self.summary = summary
        self.moments = moments
        self.rows = rows
        self.bytes = bytes
    }

    /// SHA-256 over everything that the chunk says: the point's name, the columns, and the bytes of both parts.
    /// - Parameter momentsDigest: the SHA-256 of the moments' bytes.
    package func digest(pointName: String, momentsDigest: Data) -> Data {
        var hasher = ChainHasher()
        hasher.add(pointName)
        for number in [first, last, Int64(count), rows.lowerBound, rows.upperBound] { hasher.add(number: Int(number)) }
        let figures = summary.map { [$0.least, $0.greatest, $0.sum] } ?? []
        hasher.add(number: figures.count)
        for figure in figures { hasher.add(number: Int(Int64(bitPattern: figure.bitPattern))) }
        hasher.add(raw: momentsDigest)
        hasher.add(bytes)
        return hasher.digest
    }
}
