import Alarms

extension JSONText {
    /// What a string's bytes between the quotes stand for.
    static func unescaped(_ bytes: [UInt8]) -> String {
        var units: [UInt16] = []
        var place = 0
        let source = Array(String(decoding: bytes, as: UTF8.self).utf16)
        let short: [UInt16: UInt16] = [0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9]
        while place < source.count {
            guard source[place] == 0x5C, place + 1 < source.count else {
                units.append(source[place])
                place += 1
                continue
            }
            let escape = source[place + 1]
            let digits = String(decoding: source[(place + 2)...].prefix(4), as: UTF16.self)
            if escape == 0x75, digits.count == 4, let unit = UInt16(digits, radix: 16) {
                units.append(unit)
                place += 6
            } else {
                units.append(short[escape] ?? escape)
                place += 2
            }
        }
        return String(decoding: units, as: UTF16.self)
    }
}
