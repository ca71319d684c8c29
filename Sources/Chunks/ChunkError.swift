/// Why the bytes of a chunk cannot be read. Bytes that were altered end in one of these, never in a trap.
package enum ChunkError: Error, Equatable, CustomStringConvertible {
    /// The bytes end within the named part.
    case ended(within: String)
    /// The first byte names a layout that this code does not know.
    case unknownVersion(UInt8)
    /// A number in the header lies outside of what the format allows.
    case outOfRange(what: String, value: UInt64)
    /// The checksum is not that of the bytes before it.
    case damaged
    /// The stream of a block does not end where and as it has to.
    case damagedBlock(Int)
    /// Blocks were asked for that the chunk does not have.
    case noSuchBlocks(asked: Range<Int>, blocks: Int)

    package var description: String {
        switch self {
        case .ended(let part): "the chunk ends within \(part)"
        case .unknownVersion(let version): "the chunk is of version \(version), which is not \(ChunkLimits.version)"
        case .damaged: "the chunk is damaged: its checksum is not that of its bytes"
        case .outOfRange(let what, let value): "the chunk's \(what) is \(value), which the format does not allow"
        case .damagedBlock(let block): "block \(block) of the chunk is damaged: its stream does not end as it has to"
        case .noSuchBlocks(let asked, let blocks): "blocks \(asked) were asked for, the chunk has \(blocks)"
        }
    }
}
