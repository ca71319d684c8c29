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
        guard text.utf8.count == ULID.length else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for character in text.utf8 {
            let digit = ULID.digits[Int(character)]
            guard digit != ULID.noDigit, high >> 59 == 0 else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | UInt64(digit)
        }
        self.init(high: high, low: low)
    }

    package static func < (left: ULID, right: ULID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    /// The low half is random: it alone spreads identifiers.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(low)
    }

    package var description: String {
        unsafe String(unsafeUninitializedCapacity: ULID.length) { room in
            for place in 0..<ULID.length { unsafe room[place] = character(place) }
            return ULID.length
        }
    }

    /// Appends the 26 characters.
    package func write(to bytes: inout [UInt8]) {
        // One check of the array's room instead of one a character.
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: ULID.length) { room in
            for place in 0..<ULID.length { unsafe room[place] = character(place) }
            unsafe bytes.append(contentsOf: room)
        }
    }

    private static let length = 26

    /// The character at a place from 0: five bits, the first one three.
    @inline(__always)
    private func character(_ place: Int) -> UInt8 {
        let shift = UInt64(5 * (ULID.length - 1 - place))
        let bits = shift >= 64 ? high >> (shift - 64) : shift > 59 ? low >> shift | high << (64 - shift) : low >> shift
        return unsafe ULID.alphabet.utf8Start[Int(bits & 31)]
    }

    private static var alphabet: StaticString { "0123456789ABCDEFGHJKMNPQRSTVWXYZ" }

    private static let noDigit: UInt8 = 0xFF

    /// What each byte stands for.
    private static let digits = {
        var digits = [UInt8](repeating: noDigit, count: 256)
        for digit in 0..<UInt8(32) {
            let upper = unsafe alphabet.utf8Start[Int(digit)]
            digits[Int(upper)] = digit
            // Digits have no lower case: for them it is the same byte.
            digits[Int(upper | 0x20)] = digit
        }
        return digits
    }()
}
