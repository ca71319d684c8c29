import Foundation

/// Days as the node's time zone has them.
package struct LocalCalendar: Sendable {
    private let calendar: Calendar

    /// - Parameter timeZone: an IANA name; one this machine does not know is taken for UTC.
    package init(timeZone: String) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: timeZone) ?? .gmt
        self.calendar = calendar
    }

    /// The day of a time in UTC milliseconds.
    package func day(of time: Int64) -> LocalDay {
        let date = Date(timeIntervalSince1970: (Double(time) / 1_000).rounded(.down))
        let start = calendar.startOfDay(for: date)
        // Noon of the day after lies in that day whatever the clocks do in between.
        let noon = start.addingTimeInterval(36 * 3_600)
        let end = calendar.startOfDay(for: noon)
        let parts = calendar.dateComponents([.year, .month, .day], from: start)
        let fields = [(parts.year ?? 0, 4), (parts.month ?? 0, 2), (parts.day ?? 0, 2)]
        let text = fields.map { number, width in
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }
        return LocalDay(
            description: text.joined(separator: "-"),
            times: LocalCalendar.milliseconds(start)..<LocalCalendar.milliseconds(end))
    }

    private static func milliseconds(_ date: Date) -> Int64 {
        Int64((date.timeIntervalSince1970 * 1_000).rounded())
    }
}
