import Settings

/// Days on which other shifts begin than usual.
package struct DutyHoliday: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case name, date, from, to, shifts
        case weekday = "as"
    }

    /// What holds instead of the usual.
    package enum Rule: Hashable, Sendable {
        case shifts([DutyShift])
        /// The usual shifts of that day of the week.
        case weekday(Weekday)
    }

    package var name: String
    package var dates: ClosedRange<CivilDate>
    package var rule: Rule

    package init(name: String, dates: ClosedRange<CivilDate>, rule: Rule) {
        self.name = name
        self.dates = dates
        self.rule = rule
    }
}
