/// What bounds every chunk, and with it the memory and time that reading one can take.
package enum ChunkLimits {
    /// The layout that is written, and the only one that is read.
    package static let version: UInt8 = 1
    /// Samples of a chunk at most.
    package static let samples = 32_768
    /// Samples of a block; the last of a chunk may have fewer.
    package static let block = 2_048

    /// The blocks of a chunk of `count` samples.
    package static func blocks(of count: Int) -> Int { (count + block - 1) / block }

    /// The samples of some blocks in a chunk of `count`, or only the first `most` of them.
    static func samples(inBlocks blocks: Range<Int>, of count: Int, atMost most: Int) -> Range<Int> {
        let start = min(blocks.lowerBound * block, count)
        let end = min(blocks.upperBound * block, count)
        return start..<start + min(most, max(0, end - start))
    }

    /// The samples of block number `index` in a chunk of `count`.
    package static func samples(inBlock index: Int, of count: Int) -> Range<Int> {
        index * block..<min((index + 1) * block, count)
    }
}
