import Alarms

/// Values that a walker passed over, read by their bytes.
extension Span<UInt8> {
    func isEqual(_ range: Range<Int>, _ word: [UInt8]) -> Bool {
        guard range.count == word.count else { return false }
        for (offset, byte) in word.enumerated() where self[range.lowerBound + offset] != byte { return false }
        return true
    }

    /// Whether the value is a text that is not empty.
    func isText(_ value: Range<Int>) -> Bool {
        value.count > 2 && self[value.lowerBound] == UInt8(ascii: "\"")
    }

    /// The text of a string; empty for anything else.
    func text(_ value: Range<Int>) -> String {
        guard isText(value) else { return "" }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.count)
        var hasEscape = false
        for place in (value.lowerBound + 1)..<(value.upperBound - 1) {
            hasEscape = hasEscape || self[place] == UInt8(ascii: "\\")
            bytes.append(self[place])
        }
        return hasEscape ? JSONText.unescaped(bytes) : String(decoding: bytes, as: UTF8.self)
    }

    /// A number; nil for anything else.
    func number(_ value: Range<Int>) -> Double? {
        // The longest that the shortest decimal of a double has is 24.
        guard !value.isEmpty, value.count <= 32, self[value.lowerBound] != UInt8(ascii: "\"") else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.count)
        for place in value { bytes.append(self[place]) }
        guard let number = Double(String(decoding: bytes, as: UTF8.self)), number.isFinite else { return nil }
        return number
    }

    /// A whole number; nil for anything else.
    func integer(_ value: Range<Int>) -> Int64? {
        var number: Int64 = 0
        let isNegative = !value.isEmpty && self[value.lowerBound] == UInt8(ascii: "-")
        let digits = value.dropFirst(isNegative ? 1 : 0)
        guard !digits.isEmpty, digits.count <= 18 else { return nil }
        for place in digits {
            let digit = self[place] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            number = number * 10 + Int64(digit)
        }
        return isNegative ? -number : number
    }
}
