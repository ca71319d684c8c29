import Store
import Telemetry
import Testing

@Suite("Packed values")
struct PackedValuesTests {
    private static func pack(_ values: [Double]) -> [UInt8] {
        var writer = ByteWriter()
        PackedValues.write(values, to: &writer)
        return writer.bytes
    }

    private static func unpack(_ bytes: [UInt8], count: Int) throws -> [Double] {
        var bytes = ByteReader(bytes)
        var reader = try PackedValues.Reader(&bytes, count: count)
        return try (0..<count).map { _ in try reader.next(&bytes) }
    }

    private static func roundTrip(_ values: [Double]) throws -> [UInt64] {
        try unpack(pack(values), count: values.count).map(\.bitPattern)
    }

    static let special: [Double] = [
        0, -0.0, 1, -1, .infinity, -.infinity, .nan, .signalingNaN, Double(bitPattern: 0x7FF8_0000_DEAD_BEEF),
        Double(bitPattern: 0xFFF0_0000_0000_0001), .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
        .leastNormalMagnitude, .leastNormalMagnitude.nextDown, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
        0x1p52, 0x1p52 - 1, 0x1p52 - 0.5, 0x1p53, -0x1p53, 0x1p63, -0x1p63, 1e15, 1e22, 0.1, 0.3, -0.00001, 0.000_001,
        1.0 / 3, 9.5.nextUp, 9.5.nextDown, 123_456.789, -40.25,
    ]

    @Test("come back bit for bit, whatever kind of double they are, alone and together")
    func specialDoubles() throws {
        for value in PackedValuesTests.special {
            #expect(try PackedValuesTests.roundTrip([value]) == [value.bitPattern], "\(value)")
            #expect(
                try PackedValuesTests.roundTrip([9.123, value, 7]) == [9.123, value, 7].map(\.bitPattern), "\(value)")
        }
        #expect(
            try PackedValuesTests.roundTrip(PackedValuesTests.special) == PackedValuesTests.special.map(\.bitPattern))
        #expect(try PackedValuesTests.roundTrip([]).isEmpty)
    }

    @Test("come back bit for bit for 200,000 random bit patterns and decimals")
    func random() throws {
        var random = RandomState(seed: 11)
        var values: [Double] = []
        for _ in 0..<100_000 {
            let decimal = (random.unit() * 2_000 - 1_000) * 1_000
            values += [Double(bitPattern: random.next()), decimal.rounded() / 1_000]
        }
        #expect(try PackedValuesTests.roundTrip(values) == values.map(\.bitPattern))
        let decimals = stride(from: 1, to: values.count, by: 2).map { values[$0] }
        #expect(try PackedValuesTests.roundTrip(decimals) == decimals.map(\.bitPattern))
    }

    @Test("take about two bytes where they are short decimals, which process values are")
    func size() {
        let levels = (0..<1_000).map { 6.912 + Double($0) / 1_000 }.map { ($0 * 1_000).rounded() / 1_000 }
        #expect(PackedValuesTests.pack(levels).count < 2_100)
        #expect(PackedValuesTests.pack([1.0 / 3]).count == 10)
    }

    @Test("cut short are an error, and so are runs that do not cover them")
    func cut() {
        let bytes = PackedValuesTests.pack([1.0 / 3, 7.5])
        for length in 0..<bytes.count {
            #expect(throws: (any Error).self) { try PackedValuesTests.unpack(Array(bytes[..<length]), count: 2) }
        }
        for count in [1, 3] {
            #expect(throws: JournalBlock.Unreadable.self) { try PackedValuesTests.unpack(bytes, count: count) }
        }
    }
}
