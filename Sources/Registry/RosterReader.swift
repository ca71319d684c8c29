import Settings

/// Reads `people` and `rosters` of `policies.yaml`.
struct RosterReader {
    /// The node's, for rosters that name none; nil where it is not known either.
    private let timeZone: String?
    private let people: [String: Person]
    private let shifts: ShiftReader
    /// Zones read already, since making their tables takes a while.
    private var zones: [String: ZoneOffsets] = [:]

    /// - Parameters:
    ///   - people: the key of that name; nil if it is left out.
    ///   - timeZone: the node's.
    init(people: Field?, timeZone: String?) {
        self.timeZone = timeZone
        var known: [String: Person] = [:]
        for (key, field) in people?.entries() ?? [] {
            guard NameRule.isName(key) else {
                field.fault("has the name \"\(key)\"", valid: NameRule.nameForm)
                continue
            }
            // Whoever is named wrongly is still somebody: rosters that refer to them are not at fault.
            known[key] = field.person() ?? Person(name: key)
        }
        self.people = known
        shifts = ShiftReader(people: Set(known.keys))
    }

    /// Rosters by name.
    mutating func read(_ field: Field) -> [String: DutyCalendar] {
        var rosters: [String: DutyCalendar] = [:]
        for (name, field) in field.entries() ?? [] {
            guard NameRule.isName(name) else {
                field.fault("has the name \"\(name)\"", valid: NameRule.nameForm)
                continue
            }
            if let section = field.section(of: DutyCalendar.Key.self) { rosters[name] = roster(name, section) }
        }
        return rosters
    }

    private mutating func roster(_ name: String, _ section: Section<DutyCalendar.Key>) -> DutyCalendar {
        let zone = zone(section[.timeZone])
        let required = section.required(.shifts, valid: "a list of shifts")
        let shifts = required.map { self.shifts.read($0) } ?? []
        if case .list(let items, _)? = required?.value, items.isEmpty {
            required?.fault("is an empty list", valid: "at least one shift")
        }
        let holidays = section[.holidays].map { self.holidays($0) } ?? []
        let everybody = Set((shifts + holidays.flatMap(\.shifts)).flatMap(\.people))
        let substitutions = section[.substitutions].map { self.substitutions($0, zone, of: everybody) } ?? []
        return DutyCalendar(
            name: name, zone: zone, people: people, shifts: shifts, holidays: holidays, substitutions: substitutions)
    }

    private mutating func zone(_ field: Field?) -> ZoneOffsets {
        let name = field?.timeZone() ?? timeZone ?? "UTC"
        if let known = zones[name] { return known }
        // A name that this machine does not know has its fault already.
        let zone = ZoneOffsets(name) ?? ZoneOffsets(identifier: name, first: 0, changes: [])
        zones[name] = zone
        return zone
    }

    // MARK: Holidays

    private func holidays(_ field: Field) -> [DutyHoliday] {
        var holidays: [DutyHoliday] = []
        for item in field.items() ?? [] {
            guard let section = item.section(of: DutyHoliday.Key.self) else { continue }
            let name = section.required(.name, valid: "a name such as National Day")?.text()
            let dates = dates(section)
            let rule = rule(section)
            guard let name, let dates, let rule else { continue }
            if let other = holidays.first(where: { $0.dates.overlaps(dates) }) {
                section.whole.fault(
                    "is on \(max(dates.lowerBound, other.dates.lowerBound)), as \"\(other.name)\" is",
                    valid: "each day in one holiday at most")
            }
            holidays.append(DutyHoliday(name: name, dates: dates, rule: rule))
        }
        return holidays
    }

    private func dates(_ section: Section<DutyHoliday.Key>) -> ClosedRange<CivilDate>? {
        if let field = section[.date] {
            for key in [DutyHoliday.Key.from, .to] {
                section[key]?.fault("stands beside date", valid: "either date, or from and to")
            }
            return field.date().map { $0...$0 }
        }
        let valid = "the first and last day of the holiday in from and to, or its only one in date"
        let from = section.required(.from, valid: valid)?.date()
        let to = section.required(.to, valid: valid)?.date()
        guard let from, let to else { return nil }
        guard from <= to else {
            section[.to]?.fault("is before from", valid: "the last day of the holiday")
            return nil
        }
        return from...to
    }

    private func rule(_ section: Section<DutyHoliday.Key>) -> DutyHoliday.Rule? {
        switch (section[.shifts], section[.weekday]) {
        case (let field?, nil): return .shifts(shifts.read(field))
        case (nil, let field?): return field.choice(Weekday.self).map { .weekday($0) }
        case (_?, let weekday?): weekday.fault("stands beside shifts", valid: "either shifts or as")
        case (nil, nil):
            section.whole.fault(
                "does not say who is on duty", valid: "shifts, a list that may be empty, or as: a day such as sun")
        }
        return nil
    }

    // MARK: Substitutions

    private func substitutions(
        _ field: Field, _ zone: ZoneOffsets, of everybody: Set<String>
    ) -> [DutySubstitution] {
        var substitutions: [DutySubstitution] = []
        for item in field.items() ?? [] {
            guard let section = item.section(of: DutySubstitution.Key.self),
                let found = substitution(section, zone, of: everybody)
            else { continue }
            if substitutions.contains(where: { $0.person == found.person && $0.times.overlaps(found.times) }) {
                section[.person]?.fault(
                    "is \(found.person), who is replaced at that time already", valid: "one substitute at a time")
            }
            substitutions.append(found)
        }
        return substitutions
    }

    private func substitution(
        _ section: Section<DutySubstitution.Key>, _ zone: ZoneOffsets, of everybody: Set<String>
    ) -> DutySubstitution? {
        let from = section.required(.from, valid: Field.momentForm)?.moment(in: zone)
        let to = section.required(.to, valid: Field.momentForm)?.moment(in: zone)
        let person = section.required(.person, valid: "who is replaced").flatMap { shifts.person($0) }
        let by = section.required(.by, valid: "who takes their place").flatMap { shifts.person($0) }
        if let person, !everybody.contains(person) {
            section[.person]?.fault(
                "is \(person), who is in no shift of the roster",
                valid: everybody.isEmpty ? "somebody of a shift" : everybody.sorted().joined(separator: ", "))
        }
        if let by, by == person { section[.by]?.fault("is \(by) again", valid: "somebody else") }
        if let from, let to, from >= to { section[.to]?.fault("is not after from", valid: "a later time") }
        guard let from, let to, from < to, let person, let by else { return nil }
        return DutySubstitution(times: from..<to, person: person, by: by)
    }
}

extension DutyHoliday {
    /// Shifts of its own.
    fileprivate var shifts: [DutyShift] {
        if case .shifts(let shifts) = rule { shifts } else { [] }
    }
}
