extension ChunkWriter {
    /// The version, and how many samples there are.
    mutating func chunkHeader(count: Int) {
        byte(ChunkLimits.version)
        unsigned(UInt64(count))
    }

    /// All bytes, with their checksum behind them.
    consuming func sealed() -> [UInt8] {
        let sum = Checksum.of(bytes[...])
        for shift in [0, 8, 16, 24] as [UInt32] { byte(UInt8(truncatingIfNeeded: sum >> shift)) }
        return bytes
    }
}

extension ChunkReader {
    /// A reader of all bytes but the checksum, which has to be right.
    init(sealed bytes: [UInt8]) throws(ChunkError) {
        guard let version = bytes.first else { throw .ended(within: "version") }
        guard version == ChunkLimits.version else { throw .unknownVersion(version) }
        guard bytes.count > Checksum.size else { throw .ended(within: "checksum") }
        let end = bytes.count - Checksum.size
        var sum: UInt32 = 0
        for byte in bytes[end...].reversed() { sum = sum << 8 | UInt32(byte) }
        guard Checksum.of(bytes[..<end]) == sum else { throw .damaged }
        self.init(bytes, 0..<end)
    }

    /// Steps over the version, and returns how many samples there are.
    mutating func chunkHeader() throws(ChunkError) -> Int {
        _ = try byte("version")
        return try unsigned("number of samples", atMost: ChunkLimits.samples)
    }
}

extension ChunkLimits {
    /// Throws if there are no such blocks.
    static func check(_ blocks: Range<Int>, of count: Int) throws(ChunkError) {
        let there = self.blocks(of: count)
        guard blocks.lowerBound >= 0, blocks.upperBound <= there else {
            throw .noSuchBlocks(asked: blocks, blocks: there)
        }
    }

    /// Room for the integers of one block while `body` runs.
    static func withBlock(
        _ body: (UnsafeMutablePointer<Int64>) throws(ChunkError) -> Void
    ) throws(ChunkError) {
        let room = UnsafeMutablePointer<Int64>.allocate(capacity: block)
        defer { unsafe room.deallocate() }
        try unsafe body(room)
    }

    /// An array of `count` that `body` fills, all of it.
    static func array<Element: BitwiseCopyable>(
        of type: Element.Type, _ count: Int, _ body: (UnsafeMutablePointer<Element>) throws(ChunkError) -> Void
    ) throws(ChunkError) -> [Element] {
        var failure: ChunkError?
        let array = unsafe [Element](unsafeUninitializedCapacity: count) { buffer, filled in
            guard let base = buffer.baseAddress, count > 0 else { return }
            do throws(ChunkError) {
                try unsafe body(base)
                filled = count
            } catch { failure = error }
        }
        if let failure { throw failure }
        return array
    }
}
