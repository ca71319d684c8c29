import Settings

/// The part of a standards profile that gas detectors are held against.
extension StandardsReader {
    private static let share = 1e-6...1e6
    private static let concentration = 1e-9...1e9

    func readGasProfiles(_ field: Field) -> [String: GasProfile] {
        var found: [String: GasProfile] = [:]
        for (name, entry) in field.entries() ?? [] {
            guard NameRule.isName(name) else {
                entry.fault("has the name \"\(name)\"", valid: NameRule.nameForm)
                continue
            }
            if let section = entry.section(of: GasProfile.Key.self) {
                found[name] = readGasProfile(name, section)
            }
        }
        return found
    }

    private func readGasProfile(_ name: String, _ section: Section<GasProfile.Key>) -> GasProfile? {
        let source = readSource(section.required(.source, valid: StandardsReader.sourceForm))
        let combustible = section[.combustible].flatMap { readLevels($0, in: StandardsReader.percent) }
        let toxic = section[.toxic]?.section(of: GasProfile.ToxicKey.self)
        let exposure = toxic?[.oel].flatMap { readLevels($0, in: StandardsReader.share) }
        let danger = toxic?[.idlh].flatMap { readLevels($0, in: StandardsReader.share) }
        let oxygen = section[.oxygen].flatMap { readWindow($0) }
        guard let source else { return nil }
        return GasProfile(
            name: name, source: source, combustible: combustible, exposure: exposure, danger: danger, oxygen: oxygen)
    }

    private static let percent = 0.0...100.0

    private func readLevels(_ field: Field, in range: ClosedRange<Double>) -> GasProfile.Levels? {
        guard let section = field.section(of: GasProfile.Levels.Key.self) else { return nil }
        let high = section.required(.high, valid: "the first level")?.number(in: range)
        let highHigh = section.required(.highHigh, valid: "the second level")?.number(in: range)
        guard let high, let highHigh else { return nil }
        if high >= highHigh { field.fault("has an H that is not below HH", valid: "H < HH") }
        return GasProfile.Levels(high: high, highHigh: highHigh)
    }

    private func readWindow(_ field: Field) -> GasProfile.Window? {
        guard let section = field.section(of: GasProfile.Window.Key.self) else { return nil }
        let low = section.required(.low, valid: "the set point for deficiency")?.number(in: StandardsReader.percent)
        let high = section.required(.high, valid: "the set point for enrichment")?.number(in: StandardsReader.percent)
        guard let low, let high else { return nil }
        if low >= high { field.fault("has an L that is not below H", valid: "L < H") }
        return GasProfile.Window(low: low, high: high)
    }

    func readExposures(_ field: Field) -> [ExposureLimit] {
        (field.items() ?? []).compactMap { item in
            guard let section = item.section(of: ExposureLimit.Key.self) else { return nil }
            let substance = section.required(.substance, valid: "a substance's name")?.text()
            let unit = section.required(.unit, valid: "a unit such as mg/m3")?.text()
            let oel = section[.oel]?.number(in: StandardsReader.concentration)
            let idlh = section[.idlh]?.number(in: StandardsReader.concentration)
            let source = readSource(section.required(.source, valid: StandardsReader.sourceForm))
            if section[.oel] == nil, section[.idlh] == nil {
                item.fault("has neither oel nor idlh", valid: "at least one of them")
            }
            guard let substance, let unit, let source else { return nil }
            return ExposureLimit(substance: substance, unit: unit, oel: oel, idlh: idlh, source: source)
        }
    }

    /// Two limits of one substance in one unit would leave open which holds.
    func checkRepeats(of exposures: [ExposureLimit], in profile: StandardsProfile, _ field: Field) {
        var known: Set<String> = []
        for limit in exposures
        where !known.insert(profile.canonical(limit.substance) + "\n" + PointKind.foldedUnit(limit.unit)).inserted {
            field.fault(
                "repeats \(limit.substance) in \(limit.unit)", valid: "each substance once a unit, by any of its names")
        }
    }
}
