/// What doubles are as integers.
enum ValueForm: Equatable {
    /// The double nearest to the integer divided by 10^exponent.
    case decimal(exponent: Int)
    /// The product of the integer and a double, rounded once.
    case multiple(of: Double)
    /// The integer's order among all doubles: the bit pattern, negative ones turned around.
    case pattern

    /// 10^0 to 10^22, all of which are doubles exactly.
    static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
    /// Above this an integer is no double any more.
    private static let largest = 0x1p53

    /// The double that an integer stands for.
    @inline(__always)
    static func double(ordered integer: Int64) -> Double {
        Double(bitPattern: UInt64(bitPattern: integer ^ ((integer &>> 63) & Int64.max)))
    }

    /// Writes the doubles of `count` integers.
    func restore(
        _ integers: UnsafePointer<Int64>, _ count: Int, into values: UnsafeMutablePointer<Double>
    ) {
        switch self {
        case .decimal(let exponent):
            let power = Self.powers[exponent]
            for sample in 0..<count { unsafe values[sample] = Double(integers[sample]) / power }
        case .multiple(let unit):
            for sample in 0..<count { unsafe values[sample] = Double(integers[sample]) * unit }
        case .pattern:
            for sample in 0..<count { unsafe values[sample] = Self.double(ordered: integers[sample]) }
        }
    }

    /// The integer that stands for a value bit for bit; nil if there is none.
    @inline(__always)
    static func decimal(_ value: Double, power: Double) -> Int64? {
        guard let integer = rounded(value * power) else { return nil }
        return (Double(integer) / power).bitPattern == value.bitPattern ? integer : nil
    }

    @inline(__always)
    static func multiple(_ value: Double, unit: Double) -> Int64? {
        guard let integer = rounded(value / unit) else { return nil }
        return (Double(integer) * unit).bitPattern == value.bitPattern ? integer : nil
    }

    @inline(__always)
    static func ordered(_ value: Double) -> Int64 {
        let pattern = Int64(bitPattern: value.bitPattern)
        return pattern ^ ((pattern &>> 63) & Int64.max)
    }

    /// By hand: on processors of the baseline `rounded()` is a call into the C library.
    @inline(__always)
    private static func rounded(_ scaled: Double) -> Int64? {
        guard scaled.magnitude < largest else { return nil }
        return Int64(scaled + (scaled < 0 ? -0.5 : 0.5))
    }

    /// Writes the form, with the number of the map in the upper half of its byte.
    func write(map: UInt8, to writer: inout ChunkWriter) {
        switch self {
        case .decimal(let exponent):
            writer.byte(map << 4)
            writer.byte(UInt8(exponent))
        case .multiple(let unit):
            writer.byte(map << 4 | 1)
            writer.fixed(unit.bitPattern)
        case .pattern:
            writer.byte(map << 4 | 2)
        }
    }

    /// Reads what `write` wrote.
    static func read(_ reader: inout ChunkReader) throws(ChunkError) -> (form: ValueForm, map: UInt8) {
        let byte = try reader.byte("form of values")
        switch byte & 15 {
        case 0:
            let exponent = try reader.byte("power of ten")
            guard exponent < powers.count else { throw .outOfRange(what: "power of ten", value: UInt64(exponent)) }
            return (.decimal(exponent: Int(exponent)), byte >> 4)
        case 1: return (.multiple(of: Double(bitPattern: try reader.fixed("unit"))), byte >> 4)
        case 2: return (.pattern, byte >> 4)
        default: throw .outOfRange(what: "form of values", value: UInt64(byte))
        }
    }
}
