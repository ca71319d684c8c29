/// Integers of any size as they are stored: a base, a step, and the series of steps from the base.
struct IntegerColumn {
    let base: Int64
    let step: Int64
    private let decoder: Series.Decoder
    /// The bytes of all blocks.
    let blockBytes: Int

    init(_ reader: inout ChunkReader, count: Int) throws(ChunkError) {
        base = try reader.signed("base")
        step = try reader.signed("step")
        let series = try Series(&reader, count: count)
        blockBytes = series.places.reduce(0) { $0 + $1.count }
        decoder = try Series.Decoder(series, of: reader.bytes)
    }

    /// Writes the first `count` integers of one block to the front of `numbers`, which has room for them.
    func decode(
        block: Int, _ count: Int, of bytes: [UInt8], into numbers: UnsafeMutablePointer<Int64>
    ) throws(ChunkError) {
        try unsafe decoder.decode(block: block, count, of: bytes, into: numbers)
        guard base != 0 || step != 1 else { return }
        for sample in 0..<count { unsafe numbers[sample] = base &+ numbers[sample] &* step }
    }

    /// Base, step and series. With `grid`, the integers are taken for times.
    static func encode(_ integers: [Int64], grid: Bool = false, effort: EncodingEffort = .thorough) -> [UInt8] {
        var writer = ChunkWriter()
        var base = integers.first ?? 0
        var step: UInt64 = 0
        for integer in integers where step != 1 {
            // A difference that wrapped is divided as what it wrapped to; multiplied again it wraps back.
            step = divisor(step, (integer &- base).magnitude)
        }
        if step > UInt64(Int64.max) { step = 1 }
        if step <= 1 && !grid { base = 0 }
        let divisor = Int64(max(1, step))
        writer.signed(base)
        writer.signed(divisor)
        let series: [Int64]
        if base == 0 && divisor == 1 {
            series = integers
        } else if divisor == 1 {
            series = integers.map { $0 &- base }
        } else {
            series = integers.map { ($0 &- base) / divisor }
        }
        writer.append(SeriesEncoder.encode(series, grid: grid, effort: effort))
        return writer.bytes
    }

    /// The greatest common divisor; of zero and any number, that number.
    private static func divisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
        var (larger, smaller) = (left, right)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }
}

extension IntegerColumn {
    /// The integers of some blocks of a column of `count`, all of which there are; with `most`, only so many of them.
    func decode(
        blocks: Range<Int>, _ count: Int, of bytes: [UInt8], atMost most: Int = .max
    ) throws(ChunkError) -> [Int64] {
        let samples = ChunkLimits.samples(inBlocks: blocks, of: count, atMost: most)
        return try unsafe ChunkLimits.array(of: Int64.self, samples.count) { numbers throws(ChunkError) in
            for block in blocks {
                let part = ChunkLimits.samples(inBlock: block, of: count).clamped(to: samples)
                guard !part.isEmpty else { break }
                try unsafe decode(
                    block: block, part.count, of: bytes, into: numbers + (part.lowerBound - samples.lowerBound))
            }
        }
    }

    /// What all integers are; nil if they differ.
    var constant: Int64? { decoder.constant.map { base &+ $0 &* step } }
}
