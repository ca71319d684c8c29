/// Reads JSON in its plainest form, piece by piece: whatever else stands there is a failure, and somebody else's.
struct PlainReader {
    /// Numbers of at most so many digits are exact in every JSON reader.
    private static let mostDigits = 15

    private var place = 0
    /// Whether something stood where the plain form has another thing.
    private(set) var hasFailed = false

    mutating func fail<Value>() -> Value? {
        hasFailed = true
        return nil
    }

    mutating func take(_ mark: Unicode.Scalar, _ bytes: Span<UInt8>) -> Bool {
        skipSpace(bytes)
        guard place < bytes.count, bytes[place] == UInt8(ascii: mark) else { return false }
        place += 1
        return true
    }

    mutating func isAtEnd(_ bytes: Span<UInt8>) -> Bool {
        skipSpace(bytes)
        return place == bytes.count
    }

    mutating func key(_ bytes: Span<UInt8>) -> String? {
        guard let key = text(bytes), take(":", bytes) else { return nil }
        return key
    }

    mutating func text(_ bytes: Span<UInt8>) -> String? {
        guard take("\"", bytes) else { return fail() }
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            guard bytes[place] >= 0x20, bytes[place] != UInt8(ascii: "\\") else { return fail() }
            place += 1
        }
        guard place < bytes.count else { return fail() }
        defer { place += 1 }
        guard let utf8 = try? UTF8Span(validating: bytes.extracting(start..<place)) else { return fail() }
        return String(copying: utf8)
    }

    mutating func number(_ bytes: Span<UInt8>) -> Int64? {
        skipSpace(bytes)
        let start = place
        var value: Int64 = 0
        while place < bytes.count, let digit = PlainReader.digit(bytes[place]), place - start < PlainReader.mostDigits {
            value = value * 10 + digit
            place += 1
        }
        let length = place - start
        guard length > 0, length == 1 || bytes[start] != UInt8(ascii: "0"), endsNumber(bytes) else { return fail() }
        return value
    }

    /// A fraction or exponent, or too many digits, would follow.
    private func endsNumber(_ bytes: Span<UInt8>) -> Bool {
        guard place < bytes.count else { return false }
        let next = bytes[place]
        return next == UInt8(ascii: ",") || next == UInt8(ascii: "}") || PlainReader.isSpace(next)
    }

    private mutating func skipSpace(_ bytes: Span<UInt8>) {
        while place < bytes.count, PlainReader.isSpace(bytes[place]) { place += 1 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private static func digit(_ byte: UInt8) -> Int64? {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? Int64(byte - UInt8(ascii: "0")) : nil
    }
}
