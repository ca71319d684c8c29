/// A time of the clock on the wall, `HH:MM`.
package struct TimeOfDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    package static let form = "a time from 00:00 to 23:59, such as 08:00; 00:00 ends at midnight"

    /// Since midnight.
    package let minutes: Int

    /// Reads `HH:MM`; nil if it is anything else.
    package init?(_ text: some StringProtocol) {
        let digits = text.utf8.map { Int($0) - 0x30 }
        guard digits.count == 5, digits[2] == 0x3A - 0x30,
            [0, 1, 3, 4].allSatisfy({ (0...9).contains(digits[$0]) })
        else { return nil }
        let (hour, minute) = (digits[0] * 10 + digits[1], digits[3] * 10 + digits[4])
        guard hour < 24, minute < 60 else { return nil }
        minutes = hour * 60 + minute
    }

    /// In milliseconds, since midnight.
    var milliseconds: Int64 { Int64(minutes) * 60_000 }

    package var description: String {
        let digits = [minutes / 600, minutes / 60 % 10, minutes % 60 / 10, minutes % 10].map { String($0) }
        return digits[0] + digits[1] + ":" + digits[2] + digits[3]
    }

    package static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.minutes < right.minutes }
}
