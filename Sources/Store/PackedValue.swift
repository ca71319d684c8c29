/// A double as a short decimal where it is one, bit for bit: process values have few digits.
///
/// The low three bits of the first integer tell: 0 to 5, the rest is the value times ten to that power;
/// 7, the eight bytes of the double follow.
package enum PackedValue {
    private static let powers: [Double] = [1, 10, 100, 1_000, 10_000, 100_000]
    private static let raw: UInt64 = 7
    private static let largest = 0x1p52

    package static func write(_ value: Double, to writer: inout ByteWriter) {
        // Minus zero has no place among integers.
        let isMinusZero = value == 0 && value.sign == .minus
        for (exponent, power) in powers.enumerated() where !isMinusZero {
            let scaled = value * power
            guard scaled.magnitude < largest else { break }
            let whole = scaled.rounded()
            guard (whole / power).bitPattern == value.bitPattern else { continue }
            let number = Int64(whole)
            let zigzag = UInt64(bitPattern: (number << 1) ^ (number >> 63))
            writer.unsigned(zigzag << 3 | UInt64(exponent))
            return
        }
        writer.unsigned(raw)
        writer.fixed(value.bitPattern)
    }

    package static func read(_ reader: inout ByteReader) throws(ByteReader.EndOfBytes) -> Double {
        let word = try reader.unsigned()
        let exponent = Int(word & 7)
        guard exponent < powers.count else { return Double(bitPattern: try reader.fixed()) }
        let zigzag = word >> 3
        let number = Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1)
        return Double(number) / powers[exponent]
    }
}
