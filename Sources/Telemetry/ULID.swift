/// A 128-bit identifier that sorts by the time it was made: 48 bits of UTC milliseconds, 80 random bits,
/// written as 26 characters of Crockford's base 32.
package struct ULID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package init(time: Int64, random: inout RandomState) {
        high = UInt64(truncatingIfNeeded: time) << 16 | (random.next() & 0xFFFF)
        low = random.next()
    }

    /// Reads the 26-character form, upper or lower case; nil if it is anything else.
    package init?(_ text: String) {
        let characters = Array(text.utf8)
        guard characters.count == 26 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for character in characters {
            guard let digit = ULID.digit(character), high >> 59 == 0 else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | digit
        }
        self.init(high: high, low: low)
    }

    package static func < (left: ULID, right: ULID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    package var description: String {
        var characters = [UInt8](repeating: 0, count: 26)
        var high = high
        var low = low
        for place in stride(from: 25, through: 0, by: -1) {
            characters[place] = ULID.alphabet[Int(low & 31)]
            low = low >> 5 | high << 59
            high >>= 5
        }
        return String(decoding: characters, as: UTF8.self)
    }

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    private static func digit(_ character: UInt8) -> UInt64? {
        let upper = character >= 0x61 && character <= 0x7A ? character - 0x20 : character
        return alphabet.firstIndex(of: upper).map { UInt64($0) }
    }
}
