/// The times and times of receipt of a chunk, block by block, in UTC milliseconds: see `chunk-format.md`. Points whose
/// samples arrive together share one.
package struct TimeColumn: Sendable {
    /// The samples of the chunk.
    package let count: Int
    /// The blocks they make: 2,048 each, the last fewer.
    package var blockCount: Int { ChunkLimits.blocks(of: count) }
    /// The bytes that are not in blocks of times: headers, tables, and what else the column holds.
    package var headerSize: Int { bytes.count - (column?.blockBytes ?? 0) }

    private let bytes: [UInt8]
    private let column: IntegerColumn?
    /// Where the receipts are; they are looked into when they are asked for.
    private let receiptPlace: Range<Int>

    /// Reads the header. `bytes` are a whole column as `encode` returned it.
    package init(_ bytes: [UInt8]) throws(ChunkError) {
        self.bytes = bytes
        var reader = try ChunkReader(sealed: bytes)
        count = try reader.chunkHeader()
        column = count > 0 ? try IntegerColumn(&reader, count: count) : nil
        receiptPlace = reader.place..<reader.end
    }

    /// The times of some blocks, one after the other; with `most`, only so many of them.
    package func times(blocks: Range<Int>, atMost most: Int = .max) throws(ChunkError) -> [Int64] {
        try ChunkLimits.check(blocks, of: count)
        guard let column else { return [] }
        return try column.decode(blocks: blocks, count, of: bytes, atMost: most)
    }

    /// The times of receipt of some blocks, one after the other.
    package func receipts(blocks: Range<Int>) throws(ChunkError) -> [Int64] {
        try ChunkLimits.check(blocks, of: count)
        guard count > 0 else { return [] }
        var reader = ChunkReader(bytes, receiptPlace)
        let base = try reader.byte("kind of receipts")
        guard base < 2 else { throw .outOfRange(what: "kind of receipts", value: UInt64(base)) }
        let column = try IntegerColumn(&reader, count: count)
        let receipts = try column.decode(blocks: blocks, count, of: bytes)
        guard base == 0 else { return receipts }
        return zip(try times(blocks: blocks), receipts).map { $0 &+ $1 }
    }

    /// The column of these samples: as many times as receipts, at most `ChunkLimits.samples`.
    package static func encode(
        times: [Int64], receipts: [Int64], effort: EncodingEffort = .thorough
    ) -> [UInt8] {
        precondition(times.count == receipts.count && times.count <= ChunkLimits.samples)
        var writer = ChunkWriter()
        writer.chunkHeader(count: times.count)
        guard !times.isEmpty else { return writer.sealed() }
        writer.append(IntegerColumn.encode(times, grid: true, effort: effort))
        writer.append(smallest(receipts, times, effort))
        return writer.sealed()
    }

    /// The kind and column of the receipts: as lags behind the times, or as times of their own.
    private static func smallest(_ receipts: [Int64], _ times: [Int64], _ effort: EncodingEffort) -> [UInt8] {
        // A bulk import has one time of receipt; then there is nothing to compare.
        let own = receipts.allSatisfy { $0 == receipts[0] }
        let lags = own ? nil : IntegerColumn.encode(zip(receipts, times).map { $0 &- $1 }, effort: effort)
        if let lags, lags.count <= 16 { return [0] + lags }
        let absolute = IntegerColumn.encode(receipts, grid: true, effort: effort)
        if let lags, lags.count <= absolute.count { return [0] + lags }
        return [1] + absolute
    }
}
