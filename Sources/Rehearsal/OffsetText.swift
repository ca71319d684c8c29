/// Lengths of time as rule tests write them: one or more whole numbers with `d`, `h`, `m`, `s` or `ms`, from the
/// longest to the shortest, such as `5s`, `1m30s`, `2h` or `500ms`.
package enum OffsetText {
    package static let form = "a length of time such as 5s, 1m30s, 2h, 1d or 500ms"

    /// The longest a test may take, in milliseconds: a year.
    static let longest: Int64 = 365 * 86_400_000

    private static let units: [(name: String, length: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]

    /// Milliseconds; nil if the text is anything else or longer than a year.
    package static func milliseconds(_ text: some StringProtocol) -> Int64? {
        var rest = Substring(text)
        var total: Int64 = 0
        var next = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest[digits.endIndex...]
            let letters = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest[letters.endIndex...]
            guard let count = Int64(digits), count <= longest,
                let unit = units.indices.first(where: { $0 >= next && units[$0].name == letters })
            else { return nil }
            next = unit + 1
            let (product, isOver) = count.multipliedReportingOverflow(by: units[unit].length)
            guard !isOver, product <= longest, total + product <= longest else { return nil }
            total += product
        }
        return total
    }

    /// The same with a sign: `+5m`, `-1h`.
    package static func signed(_ text: some StringProtocol) -> Int64? {
        if text.hasPrefix("-") { return milliseconds(text.dropFirst()).map { -$0 } }
        return milliseconds(text.hasPrefix("+") ? text.dropFirst() : text[...])
    }

    /// As short as it can be read back: `1m30s`; `0s` for none.
    package static func text(_ milliseconds: Int64) -> String {
        guard milliseconds != 0 else { return "0s" }
        var rest = abs(milliseconds)
        var text = milliseconds < 0 ? "-" : ""
        for unit in units where rest >= unit.length {
            text += "\(rest / unit.length)\(unit.name)"
            rest %= unit.length
        }
        return text
    }
}
