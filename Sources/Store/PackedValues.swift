/// Doubles as short decimals where they are such, bit for bit: process values have few digits.
///
/// Runs of values share a power of ten, 0 to 5, and are written as integers; what is no such decimal is written as
/// the eight bytes of the double, in runs of power 7.
package enum PackedValues {
    private static let powers: [Double] = [1, 10, 100, 1_000, 10_000, 100_000]
    private static let raw = 7
    private static let largest = 0x1p52

    /// Writes the runs, their number before them, and the values behind them.
    package static func write(_ values: [Double], to writer: inout ByteWriter) {
        var runs: [(exponent: Int, count: Int)] = []
        // No value takes more than nine bytes: a decimal is below 2⁵³ with its sign, eight groups of seven bits.
        let packed = unsafe [UInt8](unsafeUninitializedCapacity: values.count * 9) { buffer, count in
            count = unsafe pack(values, into: buffer, &runs)
        }
        writer.unsigned(UInt64(runs.count))
        for run in runs { writer.unsigned(UInt64(run.count) << 3 | UInt64(run.exponent)) }
        writer.append(packed)
    }

    /// Returns the number of bytes. The loop is hot and the buffer large enough for any values, so it is written to
    /// without growing or asking who else holds it.
    private static func pack(
        _ values: [Double], into buffer: UnsafeMutableBufferPointer<UInt8>, _ runs: inout [(exponent: Int, count: Int)]
    ) -> Int {
        var place = 0
        var open = (exponent: -1, count: 0)
        // A run keeps its power of ten as long as it fits: one digit more costs less than another run.
        var exponent = 0
        var power = powers[0]
        for value in values {
            var number = scaled(value, by: power)
            if number == nil || exponent == raw {
                exponent = powers.indices.first { scaled(value, by: powers[$0]) != nil } ?? raw
                power = exponent == raw ? .nan : powers[exponent]
                number = scaled(value, by: power)
            }
            if exponent == open.exponent {
                open.count += 1
            } else {
                if open.count > 0 { runs.append(open) }
                open = (exponent, 1)
            }
            var rest = number.map { UInt64(bitPattern: ($0 << 1) ^ ($0 >> 63)) } ?? value.bitPattern
            if number != nil {
                while rest >= 0x80 {
                    unsafe buffer[place] = UInt8(truncatingIfNeeded: rest) | 0x80
                    rest >>= 7
                    place += 1
                }
                unsafe buffer[place] = UInt8(truncatingIfNeeded: rest)
                place += 1
            } else {
                for _ in 0..<8 {
                    unsafe buffer[place] = UInt8(truncatingIfNeeded: rest)
                    rest >>= 8
                    place += 1
                }
            }
        }
        if open.count > 0 { runs.append(open) }
        return place
    }

    /// The integer that, divided by the power, is the value to the last bit; nil if there is none.
    @inline(__always)
    private static func scaled(_ value: Double, by power: Double) -> Int64? {
        let scaled = value * power
        guard scaled.magnitude < largest else { return nil }
        // Rounded by hand: on processors of the baseline `rounded()` is a call into the C library.
        let number = Int64(scaled + (scaled < 0 ? -0.5 : 0.5))
        // Compared as bits, since minus zero has no place among integers.
        return (Double(number) / power).bitPattern == value.bitPattern ? number : nil
    }

    /// Reads back what `write` wrote, value by value.
    package struct Reader {
        private var runs: [(exponent: Int, count: Int)] = []
        private var run = 0
        private var left = 0

        /// Reads the runs; they have to cover `count` values.
        package init(_ reader: inout ByteReader, count: Int) throws {
            let runCount = try reader.unsigned()
            var covered = 0
            for _ in 0..<Int(clamping: min(runCount, UInt64(count) + 1)) {
                let word = try reader.unsigned()
                let length = word >> 3
                guard length > 0, length <= UInt64(count - covered) else {
                    throw JournalBlock.Unreadable(reason: "a run of \(length) values where \(count - covered) are left")
                }
                covered += Int(length)
                runs.append((Int(word & 7), Int(length)))
            }
            guard covered == count, runs.count == runCount else {
                throw JournalBlock.Unreadable(reason: "its runs of values cover \(covered) of \(count)")
            }
            left = runs.first?.count ?? 0
        }

        /// The next value. There must be one.
        package mutating func next(_ reader: inout ByteReader) throws(ByteReader.EndOfBytes) -> Double {
            while left == 0 {
                run += 1
                left = runs[run].count
            }
            left -= 1
            let exponent = runs[run].exponent
            guard exponent < powers.count else { return Double(bitPattern: try reader.fixed()) }
            return Double(try reader.signed()) / powers[exponent]
        }
    }
}
