import Chunks
import Testing

/// Bytes that no encoder wrote: they end in an error or in as many samples as they say, never in a trap, and soon.
@Suite("Damaged and hostile bytes")
struct HostileTests {
    /// Reads all there is to read; what comes out must have the right length.
    static func readValues(_ bytes: [UInt8]) {
        guard let column = try? ValueColumn(bytes) else { return }
        #expect(column.count <= ChunkLimits.samples)
        let all = 0..<column.blockCount
        if let values = try? column.values(blocks: all) { #expect(values.count == column.count) }
        if let qualities = try? column.qualities(blocks: all) { #expect(qualities.count == column.count) }
    }

    static func readTimes(_ bytes: [UInt8]) {
        guard let column = try? TimeColumn(bytes) else { return }
        #expect(column.count <= ChunkLimits.samples)
        let all = 0..<column.blockCount
        if let times = try? column.times(blocks: all) { #expect(times.count == column.count) }
        if let receipts = try? column.receipts(blocks: all) { #expect(receipts.count == column.count) }
    }

    /// Changes, cuts, repeats or removes some bytes, most often near the front where the header is.
    static func mutate(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let near = Bool.random(using: &random) ? min(bytes.count, 60) : bytes.count
            let place = Int.random(in: 0..<near, using: &random)
            switch Int.random(in: 0..<7, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
            case 2: bytes.removeLast(bytes.count - place)
            case 3: bytes.remove(at: place)
            case 4: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            case 5: bytes[place] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF].randomElement(using: &random) ?? 0
            default: bytes[place] = bytes[place] &+ (Bool.random(using: &random) ? 1 : 255)
            }
        }
        return bytes
    }

    /// The bytes with the checksum that they would have, so that the rest is looked at; sometimes as they are.
    static func sealed(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        guard bytes.count > 4, random.next() % 8 != 0 else { return bytes }
        let end = bytes.count - 4
        let sum = Checksum.of(bytes[..<end])
        return bytes[..<end] + [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: sum >> UInt32($0)) }
    }

    @Test("altered values are read or refused", arguments: Shape.allCases)
    func alteredValues(_ shape: Shape) {
        var random = SplitMix(seed: 99)
        for count in [1, 40, 2_100, 5_000] {
            let values = shape.values(count, seed: 4)
            let bytes = ValueColumn.encode(values: values, qualities: values.indices.map { UInt8($0 / 97 % 3) })
            for _ in 0..<250 { Self.readValues(Self.sealed(Self.mutate(bytes, &random), &random)) }
        }
    }

    @Test("altered times are read or refused", arguments: TimeShape.allCases)
    func alteredTimes(_ shape: TimeShape) {
        var random = SplitMix(seed: 98)
        for count in [1, 40, 2_100, 5_000] {
            let times = shape.times(count, seed: 4)
            let bytes = TimeColumn.encode(times: times, receipts: times.map { $0 &+ $0 % 50 })
            for _ in 0..<300 { Self.readTimes(Self.sealed(Self.mutate(bytes, &random), &random)) }
        }
    }

    @Test("random bytes are refused or read", arguments: 0..<8)
    func randomBytes(_ seed: Int) {
        var random = SplitMix(seed: UInt64(seed))
        for _ in 0..<4_000 {
            let length = Int.random(in: 0...300, using: &random)
            var bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            if bytes.count > 2 {
                bytes[0] = ChunkLimits.version
                bytes[1] &= 0x7F
                for place in 2..<min(14, bytes.count) where Bool.random(using: &random) {
                    bytes[place] = UInt8.random(in: 0...3, using: &random)
                }
            }
            let sealed = Self.sealed(bytes, &random)
            Self.readValues(sealed)
            Self.readTimes(sealed)
        }
    }

    @Test("every chunk that is cut short is refused or lacks what was cut")
    func truncated() throws {
        let values = Shape.levels.values(2_500, seed: 1)
        let bytes = ValueColumn.encode(values: values, qualities: [UInt8](repeating: 192, count: values.count))
        for length in bytes.indices {
            let column = try? ValueColumn(Array(bytes[..<length]))
            #expect((try? column?.qualities(blocks: 0..<2)) == nil)
        }
    }

    @Test("a changed byte anywhere is found out")
    func changedBytes() throws {
        let values = Shape.pressure.values(4_096, seed: 1)
        let bytes = ValueColumn.encode(values: values, qualities: [UInt8](repeating: 192, count: values.count))
        for place in stride(from: 1, to: bytes.count, by: 3) {
            var altered = bytes
            altered[place] ^= 16
            #expect(throws: ChunkError.damaged) { try ValueColumn(altered) }
        }
    }

    @Test("another version is named in the error")
    func version() {
        #expect(throws: ChunkError.unknownVersion(9)) { try ValueColumn([9, 0]) }
        #expect(throws: ChunkError.ended(within: "version")) { try TimeColumn([]) }
    }
}
