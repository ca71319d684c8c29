import Settings

/// A roster (值班表): who is on duty when. Resolving an instant is arithmetic on UTC milliseconds.
///
/// A shift belongs to the day on which it begins: whether it takes place, whose turn it is, and whether a holiday replaces
/// it go by that day. It begins at the first instant at which the local clock shows its start or a later time, and ends
/// likewise. So a start that clocks set forward leave out is the moment of the change, one that clocks set back show
/// twice is the first of both; and as an end is found in the same way, one shift ends in the instant in which the next
/// begins: a handover leaves no gap and nobody on duty twice.
package struct DutyCalendar: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case timeZone = "timezone"
        case shifts, holidays, substitutions
    }

    /// How far ahead `nextChange` looks, in days.
    package static let horizon: Int64 = 400

    package let name: String
    package let zone: ZoneOffsets
    /// By their keys.
    package let people: [String: Person]
    package let shifts: [DutyShift]
    /// No two on the same day.
    package let holidays: [DutyHoliday]
    /// No two of the same person at the same time.
    package let substitutions: [DutySubstitution]

    package init(
        name: String, zone: ZoneOffsets, people: [String: Person], shifts: [DutyShift], holidays: [DutyHoliday] = [],
        substitutions: [DutySubstitution] = []
    ) {
        self.name = name
        self.zone = zone
        self.people = people
        self.shifts = shifts
        self.holidays = holidays
        self.substitutions = substitutions
    }

    /// Who is on duty, the shift that began on an earlier day first, shifts of one day in the file's order, each person
    /// once. A substitute is replaced by nobody else: whoever is to do their own duty meanwhile is listed for that.
    package func onDuty(at instant: Int64) -> [DutyPerson] {
        let today = CivilDate(ofLocal: zone.local(instant))
        var found: [DutyPerson] = []
        for days in DutyCalendar.nearDays {
            let date = today.advanced(by: days)
            eachShift(on: date) { shift in
                guard times(of: shift, on: date).contains(instant) else { return }
                for key in shift.people(on: date) {
                    let substitute = substitutions.first { $0.person == key && $0.times.contains(instant) }?.by
                    guard let person = people[substitute ?? key],
                        !found.contains(where: { $0.key == substitute ?? key })
                    else { continue }
                    found.append(
                        DutyPerson(
                            key: substitute ?? key, person: person, shift: shift.name,
                            insteadOf: substitute == nil ? nil : key))
                }
            }
        }
        return found
    }

    /// The next instant from which on `onDuty` says something else; nil if there is none within the horizon.
    package func nextChange(after instant: Int64) -> Int64? {
        let present = onDuty(at: instant)
        let today = CivilDate(ofLocal: zone.local(instant))
        var looked = instant
        for days in 0...DutyCalendar.horizon {
            let date = today.advanced(by: days)
            let end = zone.instant(ofLocal: date.advanced(by: 1).local)
            for border in borders(near: date) where border > looked && border <= end {
                if onDuty(at: border) != present { return border }
            }
            looked = max(looked, end)
        }
        return nil
    }

    /// Days, from a local day on, whose shifts can be running then. A shift lasts a day at most, and clocks that were
    /// set can make it the day before yesterday's or tomorrow's.
    private static let nearDays = Int64(-2)...1

    /// Instants at which something may change, in order of time.
    private func borders(near date: CivilDate) -> [Int64] {
        var borders = substitutions.flatMap { [$0.times.lowerBound, $0.times.upperBound] }
        for days in DutyCalendar.nearDays {
            let date = date.advanced(by: days)
            eachShift(on: date) { shift in
                let times = times(of: shift, on: date)
                borders += [times.lowerBound, times.upperBound]
            }
        }
        return Set(borders).sorted()
    }

    /// The shifts that begin on a day.
    private func eachShift(on date: CivilDate, _ body: (DutyShift) -> Void) {
        switch holidays.first(where: { $0.dates.contains(date) })?.rule {
        case .shifts(let shifts): for shift in shifts where shift.days.contains(date.weekday) { body(shift) }
        case .weekday(let weekday): for shift in shifts where shift.days.contains(weekday) { body(shift) }
        case nil: for shift in shifts where shift.days.contains(date.weekday) { body(shift) }
        }
    }

    private func times(of shift: DutyShift, on date: CivilDate) -> Range<Int64> {
        let local = shift.localTimes(on: date)
        let from = zone.instant(ofLocal: local.from)
        return from..<max(from, zone.instant(ofLocal: local.to))
    }
}
