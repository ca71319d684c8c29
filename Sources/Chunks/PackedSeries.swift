/// Series that repeat themselves: the numbers as bytes, all of them compressed with zstd in one frame, so that what
/// repeats is found in all blocks.
enum PackedSeries {
    /// The level that tells whether packing pays at all.
    private static let trialLevel: Int32 = 5
    private static let finalLevel: Int32 = 19

    /// The series, if it takes at most 98 % of `limit` bytes. The first block is tried before the others.
    static func encode(_ numbers: [Int64], ifBelow limit: Int, effort: EncodingEffort) -> [UInt8]? {
        guard let least = numbers.min(), let most = numbers.max() else { return nil }
        // Little is to be gained where a number takes a quarter of a bit or less.
        guard limit > 64, limit * 32 > numbers.count else { return nil }
        let span = UInt64(bitPattern: most &- least)
        let width = max(1, (64 - span.leadingZeroBitCount + 7) / 8)
        let trial = min(numbers.count, ChunkLimits.block)
        let part = bytes(numbers[..<trial], least: least, width: width)
        guard let first = Zstd.compress(part, level: trialLevel) else { return nil }
        guard first.count * numbers.count < limit * trial / 16 * 15 else { return nil }
        let all = bytes(numbers[...], least: least, width: width)
        guard let second = Zstd.compress(all, level: trialLevel), second.count < limit / 16 * 15 else { return nil }
        let frame = effort == .thorough ? Zstd.compress(all, level: finalLevel) ?? second : second
        guard (frame.count + 16) * 50 < limit * 49 else { return nil }
        var writer = ChunkWriter()
        writer.byte(Series.Kind.packed.rawValue)
        writer.signed(least)
        writer.byte(UInt8(width))
        writer.unsigned(UInt64(frame.count))
        writer.append(frame)
        return writer.bytes
    }

    private static func bytes(_ numbers: ArraySlice<Int64>, least: Int64, width: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: numbers.count * width) { bytes, filled in
            for number in numbers {
                let value = UInt64(bitPattern: number &- least)
                for byte in 0..<width {
                    unsafe bytes[filled &+ byte] = UInt8(truncatingIfNeeded: value &>> UInt64(8 &* byte))
                }
                filled &+= width
            }
        }
    }
}
