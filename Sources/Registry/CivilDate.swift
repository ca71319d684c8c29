import Telemetry

/// A day of the Gregorian calendar, wherever it is: `YYYY-MM-DD`.
package struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    package static let form = "a date such as 2026-10-01"
    static let milliseconds: Int64 = 86_400_000

    /// Days since 1970-01-01.
    package let number: Int64

    package init(number: Int64) {
        self.number = number
    }

    /// The day of a local time.
    /// - Parameter local: milliseconds, as if the local clock showed UTC.
    package init(ofLocal local: Int64) {
        number = CivilDate.quotient(local, CivilDate.milliseconds)
    }

    /// Reads `YYYY-MM-DD`; nil if it is anything else or there is no such day.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
        else { return nil }
        self.init(number: TimestampText.days(year: year, month: month, day: day))
        guard description == text else { return nil }
    }

    package var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        Weekday.allCases[Int(CivilDate.remainder(number + 3, 7))]
    }

    /// Its midnight, milliseconds as if the local clock showed UTC.
    var local: Int64 { number * CivilDate.milliseconds }

    package func advanced(by days: Int64) -> CivilDate { CivilDate(number: number + days) }

    package var description: String { String(TimestampText.utc(local).prefix(10)) }

    package static func < (left: CivilDate, right: CivilDate) -> Bool { left.number < right.number }

    /// Division that rounds towards negative infinity.
    static func quotient(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        dividend / divisor - (dividend % divisor < 0 ? 1 : 0)
    }

    /// What is left of that division, never below 0.
    static func remainder(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        dividend - quotient(dividend, divisor) * divisor
    }
}
