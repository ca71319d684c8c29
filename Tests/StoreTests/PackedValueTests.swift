import Store
import Telemetry
import Testing

@Suite("A packed value")
struct PackedValueTests {
    private func roundTrip(_ value: Double) throws -> (value: Double, size: Int) {
        var writer = ByteWriter()
        PackedValue.write(value, to: &writer)
        var reader = ByteReader(writer.bytes)
        return (try PackedValue.read(&reader), writer.bytes.count)
    }

    static let special: [Double] = [
        0, -0.0, 1, -1, .infinity, -.infinity, .nan, .signalingNaN, Double(bitPattern: 0x7FF8_0000_DEAD_BEEF),
        Double(bitPattern: 0xFFF0_0000_0000_0001), .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
        .leastNormalMagnitude, .leastNormalMagnitude.nextDown, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
        0x1p52, 0x1p52 - 1, 0x1p52 - 0.5, 0x1p53, -0x1p53, 0x1p63, -0x1p63, 1e15, 1e22, 0.1, 0.3, -0.00001, 0.000_001,
        1.0 / 3, 9.5.nextUp, 9.5.nextDown, 123_456.789, -40.25,
    ]

    @Test(
        "comes back bit for bit, whatever kind of double it is", arguments: PackedValueTests.special.map(\.bitPattern))
    func specialDoubles(bits: UInt64) throws {
        let value = Double(bitPattern: bits)
        #expect(try roundTrip(value).value.bitPattern == bits, "\(value)")
    }

    @Test("comes back bit for bit for 200,000 random bit patterns and decimals")
    func random() throws {
        var random = RandomState(seed: 11)
        for _ in 0..<100_000 {
            let decimal = (random.unit() * 2_000 - 1_000) * 1_000
            for value in [Double(bitPattern: random.next()), decimal.rounded() / 1_000] {
                guard try roundTrip(value).value.bitPattern == value.bitPattern else {
                    Issue.record("\(value), bits \(value.bitPattern), does not come back")
                    return
                }
            }
        }
    }

    @Test("is short where it is a short decimal, which process values are")
    func size() throws {
        #expect(try roundTrip(9.5).size <= 2)
        #expect(try roundTrip(23.41).size <= 3)
        #expect(try roundTrip(-101.325).size <= 4)
        #expect(try roundTrip(1.0 / 3).size == 9)
    }

    @Test("cut short is an error")
    func cut() throws {
        var writer = ByteWriter()
        PackedValue.write(1.0 / 3, to: &writer)
        for length in 0..<writer.bytes.count {
            var reader = ByteReader(Array(writer.bytes[..<length]))
            #expect(throws: ByteReader.EndOfBytes.self) { try PackedValue.read(&reader) }
        }
    }
}
