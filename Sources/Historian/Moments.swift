package import Foundation
import Store

/// When samples were measured and when they were received: a column kept once for all points that share it.
package struct Moments: Sendable {
    package var count: Int
    /// Times and receipts (`schemas/chunk-format.md`).
    package var bytes: Data
    /// How far times were moved back because the source's clock ran ahead, as a column of its own; empty if none was.
    package var shifts: Data

    package init(count: Int, bytes: Data, shifts: Data) {
        self.count = count
        self.bytes = bytes
        self.shifts = shifts
    }

    package var digest: Data {
        var hasher = ChainHasher()
        hasher.add(number: count)
        hasher.add(bytes)
        hasher.add(shifts)
        return hasher.digest
    }
}
