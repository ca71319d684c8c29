import Foundation
import Registry
import Testing

@Suite("Dates and times of the day")
struct CivilDateTests {
    @Test("are read as written, with the weekday of the calendar")
    func dates() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for number in stride(from: Int64(-400), to: 48_000, by: 37) {
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(number) * 86_400))
            let date = CivilDate(number: number)
            let text = String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
            #expect(date.description == text)
            #expect(CivilDate(text) == date)
            // The calendar counts from Sunday and from 1.
            #expect(Weekday.allCases.firstIndex(of: date.weekday) == ((parts.weekday ?? 0) + 5) % 7)
        }
    }

    @Test(
        "are refused where there is no such day",
        arguments: ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "20260101", "2026-04-31", "2026-04-aa", ""])
    func noDates(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test("of the day are read as written, and nothing else is")
    func times() {
        #expect(TimeOfDay("00:00")?.minutes == 0)
        #expect(TimeOfDay("23:59")?.minutes == 1_439)
        #expect(TimeOfDay("08:05")?.description == "08:05")
        for text in ["24:00", "8:00", "08:60", "0800", "08:00:00", "-1:00", "08.00", ""] {
            #expect(TimeOfDay(text) == nil, "\(text)")
        }
    }
}
