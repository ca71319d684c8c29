import Glibc

/// Reads numbers out of bytes: decimals to the nearest double, as `strtod` does, and whole numbers.
enum DecimalReader {
    enum Outcome: Equatable {
        case finite(Double)
        /// Larger than any double.
        case tooLarge
        /// Words such as `nan` and hexadecimal digits, too.
        case noNumber
    }

    /// Powers of ten that a double holds exactly.
    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
    /// From here on not every whole number is a double.
    private static let largestExact: UInt64 = 1 << 53
    /// So many digits fit the mantissa.
    private static let mostDigits = 19

    /// The number that these bytes are, and nothing besides.
    static func double(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Outcome {
        var place = start
        var isNegative = false
        if place < end, bytes[place] == 0x2D || bytes[place] == 0x2B {
            isNegative = bytes[place] == 0x2D
            place += 1
        }
        var mantissa: UInt64 = 0
        var significant = 0
        var digits = 0
        var scale = 0
        var isAfterPoint = false
        while place < end {
            let digit = bytes[place] &- 0x30
            if digit < 10 {
                digits += 1
                if significant > 0 || digit > 0 { significant += 1 }
                if significant <= mostDigits { mantissa = mantissa &* 10 &+ UInt64(digit) }
                if isAfterPoint { scale -= 1 }
            } else if bytes[place] == 0x2E, !isAfterPoint {
                isAfterPoint = true
            } else {
                break
            }
            place += 1
        }
        guard digits > 0 else { return .noNumber }
        if place < end {
            guard bytes[place] | 0x20 == 0x65, let exponent = exponent(bytes, place + 1, end) else { return .noNumber }
            scale += exponent
        }
        if significant <= mostDigits, mantissa <= largestExact, scale >= -22, scale <= 22 {
            // One rounding of exact operands is the nearest double.
            let number = scale < 0 ? Double(mantissa) / powers[-scale] : Double(mantissa) * powers[scale]
            return .finite(isNegative ? -number : number)
        }
        return slowly(bytes, start, end)
    }

    /// What follows the `e`, held at ±100,000, beyond which it makes no difference.
    private static func exponent(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        var place = start
        var isNegative = false
        if place < end, bytes[place] == 0x2D || bytes[place] == 0x2B {
            isNegative = bytes[place] == 0x2D
            place += 1
        }
        guard place < end else { return nil }
        var exponent = 0
        while place < end {
            let digit = bytes[place] &- 0x30
            guard digit < 10 else { return nil }
            exponent = min(exponent * 10 + Int(digit), 100_000)
            place += 1
        }
        return isNegative ? -exponent : exponent
    }

    /// The C library's way for what takes more than one rounding; the bytes are known to be a decimal.
    private static func slowly(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Outcome {
        var text: [CChar] = []
        text.reserveCapacity(end - start + 1)
        for place in start..<end { text.append(CChar(bitPattern: bytes[place])) }
        text.append(0)
        let number = unsafe strtod(text, nil)
        return number.isFinite ? .finite(number) : .tooLarge
    }

    /// The whole number that these bytes are; nil for anything else, and for one that 64 bits do not hold.
    static func integer(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int64? {
        var place = start
        let isNegative = place < end && bytes[place] == 0x2D
        if isNegative { place += 1 }
        guard place < end, end - place <= 19 else { return nil }
        var number: UInt64 = 0
        while place < end {
            let digit = bytes[place] &- 0x30
            guard digit < 10 else { return nil }
            number = number * 10 + UInt64(digit)
            place += 1
        }
        return Int64(exactly: number).map { isNegative ? -$0 : $0 }
    }
}
