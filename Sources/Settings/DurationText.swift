/// Durations as policies write them: a whole number and one of `s`, `m`, `h`, `d`.
package enum DurationText {
    package static let form = "a whole number with a unit, such as 0s, 5m, 1h or 2d"

    /// Milliseconds; nil if the text is anything else or longer than ten years.
    package static func milliseconds(_ text: String) -> Int64? {
        guard let unit = text.last, let scale = units[unit] else { return nil }
        let digits = text.dropLast()
        guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let count = Int64(digits) else {
            return nil
        }
        let (product, isOver) = count.multipliedReportingOverflow(by: scale)
        return isOver || product > 3_650 * 86_400_000 ? nil : product
    }

    private static let units: [Character: Int64] = ["s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
}
