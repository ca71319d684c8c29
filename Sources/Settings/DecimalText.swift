/// Numbers as people write them in files: a decimal with optional sign, point and exponent, and nothing else.
///
/// No locale, no `nan`, no hexadecimal. Values beyond a Double's range are refused.
package enum DecimalText {
    package static func value(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        return value(bytes, 0..<bytes.count)
    }

    /// The number written in `range` of `bytes`; nil if that is anything but one decimal number.
    package static func value(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
        var place = range.lowerBound
        let end = range.upperBound
        var isNegative = false
        if place < end, bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "+") {
            isNegative = bytes[place] == UInt8(ascii: "-")
            place += 1
        }
        var mantissa: UInt64 = 0
        var digits = 0
        var decimals = 0
        var isFraction = false
        while place < end {
            let byte = bytes[place]
            if byte == UInt8(ascii: "."), !isFraction {
                isFraction = true
            } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                mantissa = mantissa &* 10 &+ UInt64(byte - UInt8(ascii: "0"))
                digits += 1
                decimals += isFraction ? 1 : 0
            } else {
                break
            }
            place += 1
        }
        guard digits > 0 else { return nil }
        // Up to 15 digits and 10^22 are exact in a Double, so that one division rounds correctly.
        if place == end, digits <= 15, decimals < powers.count {
            let magnitude = Double(mantissa) / powers[decimals]
            return isNegative ? -magnitude : magnitude
        }
        guard place == end || isExponent(bytes, place..<end) else { return nil }
        guard let number = Double(String(decoding: bytes[range], as: UTF8.self)), number.isFinite else { return nil }
        return number
    }

    private static func isExponent(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        var place = range.lowerBound
        guard bytes[place] == UInt8(ascii: "e") || bytes[place] == UInt8(ascii: "E") else { return false }
        place += 1
        if place < range.upperBound, bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "+") {
            place += 1
        }
        let digits = bytes[place..<range.upperBound]
        return !digits.isEmpty && digits.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]
}
