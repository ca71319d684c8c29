import Foundation
import Registry
import Testing

/// A year of a roster, minute by minute, against a definition that has nothing in common with it but the words: it walks
/// along the local clock as Foundation's calendar shows it, and goes by the latest time that this clock has shown so far.
@Suite("A year on duty")
struct DutyYearTests {
    /// A shift of the roster under test, in the walker's own terms: minutes of the day, days of the week from Sunday.
    private struct Shift {
        let name: String
        let from: Int
        let to: Int
        let days: Set<Int>
        let people: [String]
        /// Days of a turn; nil where all are on duty.
        let turn: Int?
    }

    private struct Duty: Equatable {
        let shift: String
        let person: String
        let insteadOf: String?
    }

    /// Local minutes since 2000-01-01 of a date and time, leap years and all counted by hand.
    private static func minute(_ year: Int, _ month: Int, _ day: Int, _ minute: Int) -> Int {
        let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let days = (2_000..<year).reduce(0) { $0 + (isLeap($1) ? 366 : 365) } + lengths.prefix(month - 1).reduce(0, +)
        return (days + day - 1) * 1_440 + minute
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static let shifts = [
        Shift(name: "early", from: 375, to: 150, days: [1, 2, 3, 4, 5], people: ["a", "b", "c"], turn: 7),
        Shift(name: "late", from: 150, to: 375, days: [0, 1, 2, 3, 4, 5, 6], people: ["c", "d"], turn: 1),
        Shift(name: "weekend", from: 0, to: 0, days: [0, 6], people: ["e", "a"], turn: nil),
        Shift(name: "short", from: 100, to: 130, days: [0, 3], people: ["f"], turn: nil),
    ]
    private static let holiday = [
        Shift(name: "guard", from: 100, to: 130, days: [0, 1, 2, 3, 4, 5, 6], people: ["b"], turn: nil)
    ]
    private static let roster = """
        shifts:
          - {name: early, from: 06:15, to: 02:30, days: [mon, tue, wed, thu, fri], people: [a, b, c], rotate: weekly, since: 2024-01-01}
          - {name: late, from: 02:30, to: 06:15, people: [c, d], rotate: daily, since: 2024-01-01}
          - {name: weekend, from: 00:00, to: 00:00, days: [sat, sun], people: [e, a]}
          - {name: short, from: 01:40, to: 02:10, days: [sun, wed], people: [f]}
        holidays:
          - {name: spring, from: 2026-03-27, to: 2026-03-30, as: sun}
          - {name: autumn, from: 2026-10-24, to: 2026-10-27, shifts: [{name: guard, from: 01:40, to: 02:10, people: [b]}]}
        substitutions:
          - {from: 2026-03-08T02:20, to: 2026-04-05T01:50, person: a, by: f}
          - {from: 2026-04-01T00:00, to: 2026-11-01T01:30, person: f, by: a}
        """

    private static let reference = minute(2_024, 1, 1, 0) / 1_440
    private static let spring = (minute(2_026, 3, 27, 0) / 1_440)...(minute(2_026, 3, 30, 0) / 1_440)
    private static let autumn = (minute(2_026, 10, 24, 0) / 1_440)...(minute(2_026, 10, 27, 0) / 1_440)
    private static let substitutions = [
        (times: minute(2_026, 3, 8, 140)..<minute(2_026, 4, 5, 110), person: "a", by: "f"),
        (times: minute(2_026, 4, 1, 0)..<minute(2_026, 11, 1, 90), person: "f", by: "a"),
    ]

    /// The shifts that begin on a local day, which is counted from 2000-01-01.
    private static func shifts(on day: Int) -> [Shift] {
        if autumn.contains(day) { return holiday }
        // 2000-01-01 was a Saturday.
        let weekday = spring.contains(day) ? 0 : (day + 6) % 7
        return shifts.filter { $0.days.contains(weekday) }
    }

    /// Each person once.
    private static func onDuty(_ shown: Int) -> [Duty] {
        var found: [Duty] = []
        for day in (shown / 1_440 - 1)...(shown / 1_440) {
            for shift in shifts(on: day) {
                let end = (day + (shift.to <= shift.from ? 1 : 0)) * 1_440 + shift.to
                guard day * 1_440 + shift.from <= shown, shown < end else { continue }
                let turn = shift.turn.map { ((day - reference) / $0) % shift.people.count }
                for (seat, person) in shift.people.enumerated() where turn == nil || turn == seat {
                    let substitute = substitutions.first { $0.person == person && $0.times.contains(shown) }?.by
                    guard !found.contains(where: { $0.person == substitute ?? person }) else { continue }
                    found.append(
                        Duty(
                            shift: shift.name, person: substitute ?? person,
                            insteadOf: substitute == nil ? nil : person))
                }
            }
        }
        return found
    }

    @Test(
        "is what a walk along the local clock finds, and each change is foretold by the one before",
        arguments: ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "Africa/Casablanca"])
    func year(zone: String) throws {
        let people = "people: {a: {name: A}, b: {name: B}, c: {name: C}, d: {name: D}, e: {name: E}, f: {name: F}}"
        let lines = DutyYearTests.roster.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
        let plan = try RosterFixture.plan("\(people)\nrosters:\n  r:\n    timezone: \(zone)\n\(lines)\n")
        let roster = try #require(plan.rosters["r"])
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: zone))
        // 2025-12-30T00:00Z
        let start: Int64 = 1_767_052_800_000
        var shown = Int.min
        var local = 0
        var before: [Duty]?
        var foretold: Int64?
        var changes = 0
        for minute in 0..<Int64(367 * 1_440) {
            let instant = start + minute * 60_000
            // Clocks are set on the quarter.
            if minute % 15 == 0 {
                let parts = calendar.dateComponents(
                    [.year, .month, .day, .hour, .minute], from: Date(timeIntervalSince1970: Double(instant) / 1_000))
                local = DutyYearTests.minute(
                    parts.year ?? 0, parts.month ?? 0, parts.day ?? 0, (parts.hour ?? 0) * 60 + (parts.minute ?? 0))
            } else {
                local += 1
            }
            shown = max(shown, local)
            let expected = DutyYearTests.onDuty(shown)
            let found = roster.onDuty(at: instant).map {
                Duty(shift: $0.shift, person: $0.key, insteadOf: $0.insteadOf)
            }
            guard found == expected else {
                Issue.record("at \(instant) \(found) and not \(expected)")
                return
            }
            guard expected != before else { continue }
            if before != nil { #expect(foretold == instant) }
            before = expected
            foretold = roster.nextChange(after: instant)
            changes += 1
        }
        #expect(changes > 900)
    }
}
