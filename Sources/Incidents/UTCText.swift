import Telemetry

/// Reads the one form in which the node writes times, `2026-11-24T07:00:00.123Z`.
enum UTCText {
    /// UTC milliseconds; nil for anything else.
    static func milliseconds(_ text: String) -> Int64? {
        let digits = Array(text.utf8)
        guard digits.count == 24, digits[23] == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int? { Int(String(decoding: digits[range], as: UTF8.self)) }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
            let minute = number(14..<16), let second = number(17..<19), let milli = number(20..<23)
        else { return nil }
        let days = TimestampText.days(year: year, month: month, day: day)
        let found = days * 86_400_000 + Int64(hour * 3_600_000 + minute * 60_000 + second * 1_000 + milli)
        return TimestampText.utc(found) == text ? found : nil
    }
}
