import Chunks
import Testing

/// Chunks as they were written once: what is stored has to stay readable, so these bytes never change. A change that
/// makes other bytes of the same samples is allowed, one that reads these differently is not.
@Suite("Chunks written earlier")
struct GoldenTests {
    static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    @Test("times and receipts are read as they were")
    func times() throws {
        let column = try TimeColumn(Self.bytes(GoldenChunks.times))
        #expect(try column.times(blocks: 0..<1) == GoldenSamples.times)
        #expect(try column.receipts(blocks: 0..<1) == GoldenSamples.receipts)
    }

    @Test("values and qualities are read as they were", arguments: GoldenSamples.columns)
    func values(_ golden: GoldenSamples.Column) throws {
        let column = try ValueColumn(Self.bytes(try #require(GoldenChunks.values[golden.name])))
        let values = try column.values(blocks: 0..<column.blockCount)
        #expect(values.map(\.bitPattern) == golden.values.map(\.bitPattern))
        #expect(try column.qualities(blocks: 0..<column.blockCount) == golden.qualities)
    }

    @Test("every kind of series, form and map is among them")
    func kinds() throws {
        let forms = try GoldenSamples.columns.filter { !$0.values.isEmpty }.map { golden in
            let bytes = Self.bytes(try #require(GoldenChunks.values[golden.name]))
            return bytes[bytes[1] < 0x80 ? 2 : 3]
        }
        #expect(Set(forms.map { $0 & 15 }) == [0, 1, 2])
        #expect(Set(forms.map { $0 >> 4 }) == [0, 1, 2])
    }
}
