import Telemetry

/// Walks once over the bytes of a time; every method gives nil where they depart from the format.
struct TimeTextReader<Text: Collection<UInt8>> {
    private var rest: Text.SubSequence

    init(_ text: Text) {
        rest = text[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Date and time of day in milliseconds, as if they were UTC. A leap second counts as the second after it.
    mutating func localMilliseconds() -> Int64? {
        guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2),
            skip("T") || skip("t") || skip(" "),
            let hour = number(2), skip(":"), let minute = number(2), skip(":"), let second = number(2),
            (1...12).contains(month), day >= 1, day <= Self.lastDay(year: year, month: month),
            hour <= 23, minute <= 59, second <= 60
        else { return nil }
        guard let fraction = skip(".") ? fractionMilliseconds() : 0 else { return nil }
        let seconds = Int64(hour * 3_600 + minute * 60 + second)
        return TimestampText.days(year: year, month: month, day: day) * 86_400_000 + seconds * 1_000 + fraction
    }

    /// `Z` or `±HH:MM`: the milliseconds by which local time is ahead of UTC.
    mutating func offsetMilliseconds() -> Int64? {
        if skip("Z") || skip("z") { return 0 }
        let isBehind = skip("-")
        guard isBehind || skip("+"), let hours = number(2), skip(":"), let minutes = number(2),
            hours <= 23, minutes <= 59
        else { return nil }
        let offset = Int64(hours * 60 + minutes) * 60_000
        return isBehind ? -offset : offset
    }

    /// The digits after the point, one at least; only the first three count.
    private mutating func fractionMilliseconds() -> Int64? {
        guard let tenths = digit() else { return nil }
        var milliseconds = Int64(tenths) * 100
        var weight: Int64 = 10
        while let next = digit() {
            milliseconds += Int64(next) * weight
            weight /= 10
        }
        return milliseconds
    }

    private mutating func number(_ digits: Int) -> Int? {
        var number = 0
        for _ in 0..<digits {
            guard let next = digit() else { return nil }
            number = number * 10 + next
        }
        return number
    }

    private mutating func digit() -> Int? {
        guard let first = rest.first, (0x30...0x39).contains(first) else { return nil }
        rest = rest.dropFirst()
        return Int(first - 0x30)
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func lastDay(year: Int, month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
