import Settings

/// A stretch of a day for which people are on duty, again and again.
package struct DutyShift: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case name, from, to, days, people, rotate, since
    }

    /// How one of the people is taken in turn.
    package enum Turn: String, CaseIterable, Sendable {
        case none, daily, weekly

        /// For so many days the same person is on duty; nil where all of them are together.
        var days: Int64? {
            switch self {
            case .none: nil
            case .daily: 1
            case .weekly: 7
            }
        }
    }

    package var name: String
    package var from: TimeOfDay
    /// At or before `from` it is on the next day.
    package var to: TimeOfDay
    /// On which it begins.
    package var days: Set<Weekday>
    /// Keys of `people`, in turn where they rotate.
    package var people: [String]
    package var turn: Turn
    /// The day on which it is the turn of the first of the people.
    package var since: CivilDate

    package init(
        name: String, from: TimeOfDay, to: TimeOfDay, days: Set<Weekday> = Set(Weekday.allCases), people: [String],
        turn: Turn = .none, since: CivilDate = CivilDate(number: 0)
    ) {
        self.name = name
        self.from = from
        self.to = to
        self.days = days
        self.people = people
        self.turn = turn
        self.since = since
    }

    /// Who is on duty in the shift that begins on a day. Turns are counted in days of the calendar, whether the shift
    /// takes place on them or not.
    func people(on date: CivilDate) -> ArraySlice<String> {
        guard let days = turn.days, !people.isEmpty else { return people[...] }
        let turns = CivilDate.quotient(date.number - since.number, days)
        let place = Int(CivilDate.remainder(turns, Int64(people.count)))
        return people[place...place]
    }

    /// When the shift of a day begins and ends, milliseconds as if the local clock showed UTC.
    func localTimes(on date: CivilDate) -> (from: Int64, to: Int64) {
        (date.local + from.milliseconds, date.advanced(by: to <= from ? 1 : 0).local + to.milliseconds)
    }
}
