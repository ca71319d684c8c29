import Settings

/// Reads the shifts of a roster, or of one of its holidays.
struct ShiftReader {
    /// The keys of those who can be on duty.
    let people: Set<String>

    /// - Parameter field: a list; an empty one means that nobody is on duty.
    func read(_ field: Field) -> [DutyShift] {
        var shifts: [DutyShift] = []
        for item in field.items() ?? [] {
            guard let section = item.section(of: DutyShift.Key.self), let shift = shift(section) else { continue }
            if shifts.contains(where: { $0.name == shift.name }) {
                section[.name]?.fault("repeats the shift \"\(shift.name)\"", valid: "each shift once")
            }
            shifts.append(shift)
        }
        return shifts
    }

    private func shift(_ section: Section<DutyShift.Key>) -> DutyShift? {
        let name = section.required(.name, valid: "a name such as night")?.text()
        let from = section.required(.from, valid: TimeOfDay.form)?.timeOfDay()
        let to = section.required(.to, valid: TimeOfDay.form)?.timeOfDay()
        let days = section[.days].map { self.days($0) } ?? Set(Weekday.allCases)
        let turn = section[.rotate].flatMap { $0.choice(DutyShift.Turn.self) } ?? .none
        let people = section.required(.people, valid: keysForm).map { self.people($0, takesTurns: turn != .none) }
        let since = since(section, turn)
        guard let name, let from, let to, let people else { return nil }
        return DutyShift(
            name: name, from: from, to: to, days: days, people: people, turn: turn,
            since: since ?? CivilDate(number: 0))
    }

    private func since(_ section: Section<DutyShift.Key>, _ turn: DutyShift.Turn) -> CivilDate? {
        if turn != .none {
            return section.required(
                .since, valid: "\(CivilDate.form), from which the first of the people has the turn")?
                .date()
        }
        if section[.rotate] == nil || section[.rotate]?.text() == DutyShift.Turn.none.rawValue {
            section[.since]?.fault("has no meaning here", valid: "since beside rotate: daily or weekly")
        }
        return nil
    }

    private func days(_ field: Field) -> Set<Weekday> {
        let valid = "at least one of " + Weekday.allCases.map(\.rawValue).joined(separator: ", ")
        var days: Set<Weekday> = []
        for item in field.someItems(valid: valid) ?? [] {
            guard let day = item.choice(Weekday.self) else { continue }
            if !days.insert(day).inserted { item.fault("repeats \(day.rawValue)", valid: "each day once") }
        }
        return days
    }

    private func people(_ field: Field, takesTurns: Bool) -> [String] {
        var keys: [String] = []
        for item in field.someItems(valid: "at least one of \(keysForm)") ?? [] {
            guard let key = person(item) else { continue }
            if keys.contains(key), !takesTurns { item.fault("repeats \(key)", valid: "each person once") }
            keys.append(key)
        }
        return keys
    }

    /// The key of one of the people.
    func person(_ field: Field) -> String? {
        guard let key = field.text(valid: keysForm) else { return nil }
        guard people.contains(key) else {
            field.fault("is \"\(key)\", which nobody of people is", valid: keysForm)
            return nil
        }
        return key
    }

    private var keysForm: String {
        people.isEmpty ? "a key of people, where nobody is named yet" : people.sorted().joined(separator: ", ")
    }
}
