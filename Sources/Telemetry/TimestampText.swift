/// UTC milliseconds written as RFC 3339, and nothing that needs a calendar library.
package enum TimestampText {
    /// `2026-11-23T07:00:00.123Z`; years 0000 to 9999.
    package static func utc(_ milliseconds: Int64) -> String {
        let day = milliseconds.flooredQuotient(86_400_000)
        let time = Int(milliseconds - day * 86_400_000)
        let (year, month, date) = civil(day)
        let pattern: StaticString = "0000-00-00T00:00:00.000Z"
        return unsafe String(unsafeUninitializedCapacity: pattern.utf8CodeUnitCount) { text in
            for place in text.indices { unsafe text[place] = pattern.utf8Start[place] }
            func put(_ number: Int, before end: Int) { unsafe text.putDigits(of: Int64(number), before: end) }
            put(min(max(year, 0), 9_999), before: 4)
            put(month, before: 7)
            put(date, before: 10)
            put(time / 3_600_000, before: 13)
            put(time / 60_000 % 60, before: 16)
            put(time / 1_000 % 60, before: 19)
            put(time % 1_000, before: 23)
            return pattern.utf8CodeUnitCount
        }
    }

    /// Days since 1970-01-01 of a date of the Gregorian calendar.
    package static func days(year: Int, month: Int, day: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468)
    }

    /// The Gregorian date of a day counted from 1970-01-01.
    package static func civil(_ days: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = Int(days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let place = (5 * dayOfYear + 2) / 153
        let month = place < 10 ? place + 3 : place - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * place + 2) / 5 + 1)
    }
}

extension UnsafeMutableBufferPointer<UInt8> {
    /// Writes the decimal digits of a number that is not negative over what stands before a place; what is further
    /// before stays.
    package func putDigits(of number: Int64, before end: Int) {
        var (rest, place) = (number, end)
        while rest > 0 {
            place -= 1
            unsafe self[place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }
}

extension Int64 {
    /// Division that rounds towards negative infinity.
    fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
