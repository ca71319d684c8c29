import Settings

/// What rosters are written of.
extension Field {
    static let personForm = "a person's name"
    static let momentForm = "a local date and time such as 2026-10-01T20:00"

    /// Somebody to call.
    func person() -> Person? {
        guard let section = section(of: Person.Key.self),
            let name = section.required(.name, valid: Field.personForm)?.text()
        else { return nil }
        return Person(name: name, phone: section[.phone]?.text())
    }

    func date() -> CivilDate? {
        guard let text = text(valid: CivilDate.form) else { return nil }
        guard let date = CivilDate(text) else {
            fault("is \"\(text)\"", valid: CivilDate.form)
            return nil
        }
        return date
    }

    func timeOfDay() -> TimeOfDay? {
        guard let text = text(valid: TimeOfDay.form) else { return nil }
        guard let time = TimeOfDay(text) else {
            fault("is \"\(text)\"", valid: TimeOfDay.form)
            return nil
        }
        return time
    }

    /// A local date and time, as the instant at which clocks of that zone first show it.
    func moment(in zone: ZoneOffsets) -> Int64? {
        guard let text = text(valid: Field.momentForm) else { return nil }
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = CivilDate(parts[0]), let time = TimeOfDay(parts[1]) else {
            fault("is \"\(text)\"", valid: Field.momentForm)
            return nil
        }
        return zone.instant(ofLocal: date.local + time.milliseconds)
    }

    /// A list of at least one; an empty one is a fault.
    func someItems(valid: String) -> [Field]? {
        guard let items = items() else { return nil }
        guard !items.isEmpty else {
            fault("is an empty list", valid: valid)
            return nil
        }
        return items
    }
}
