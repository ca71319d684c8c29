import Settings
import Telemetry

/// Gas points and the profiles that bound their set points.
extension PointListReader {
    /// Refuses limits looser than the row's profile allows, and fills in those left empty.
    mutating func applyProfile(
        to point: Point, high: inout Double?, highHigh: inout Double?, low: inout Double?
    ) {
        let substance = text(.substance) ?? ""
        guard let name = text(.profile) else {
            if point.kind.isGas { withoutProfile.add(line: csv.line) }
            return
        }
        guard let standards else { return }
        guard let profile = standards.gasProfiles[name] else {
            addFault(.profile, "\"\(name)\" is no profile of \(standards.name)", valid: standards.gasProfileNames)
            return
        }
        guard point.kind.isGas else {
            // A kind that is misspelt has its own fault.
            guard range(.kind).isEmpty || PointKind(rawValue: csv.text(cell(.kind))) != nil else { return }
            addFault(
                .profile, "\(name) is for gas points, and this one's kind is \(point.kind.rawValue)",
                valid: "empty, or kind gas_combustible, gas_toxic or oxygen")
            return
        }
        let key = GasPointKey(
            profile: name, kind: point.kind, unit: point.unit, substance: substance, low: point.low)
        guard let points = bounds(key, profile, standards) else { return }
        hold(&highHigh, .limitHighHigh, points.highHigh, profile)
        hold(&high, .limitHigh, points.high, profile)
        hold(&low, .limitLow, points.low, profile)
    }

    /// Says once a file how many gas points are held against nothing.
    func noteWithoutProfile() {
        guard withoutProfile.count > 0, let standards else { return }
        let subject = withoutProfile.count == 1 ? "1 gas point has" : "\(withoutProfile.count) gas points have"
        log.note(
            Fault(
                file: file.name, line: withoutProfile.line,
                message: "\(subject) no profile, so that no standard bounds the set points; "
                    + "profiles of \(standards.name): \(standards.gasProfileNames)"))
    }

    private func hold(
        _ limit: inout Double?, _ column: PointColumn, _ bound: GasSetPoint?, _ profile: GasProfile
    ) {
        guard let bound else { return }
        guard let written = limit else {
            // A cell that is no number has its own fault.
            if range(column).isEmpty { limit = bound.limit }
            return
        }
        let isFloor = column == .limitLow
        guard isFloor ? written < bound.limit : written > bound.limit else { return }
        let most = isFloor ? "at least" : "at most"
        addFault(
            column,
            "\(written.figure) is looser than profile \(profile.name) allows: \(most) \(bound.words) "
                + "(\(profile.source))",
            valid: "\(most) \(bound.limit.figure), or empty for \(bound.limit.figure)")
    }

    // MARK: What a profile asks of a point

    private mutating func bounds(
        _ key: GasPointKey, _ profile: GasProfile, _ standards: StandardsProfile
    ) -> GasSetPoints? {
        if let before = gasBefore[key] { return before }
        let found = setPoints(key, profile, standards)
        gasBefore[key] = found
        return found
    }

    private func setPoints(
        _ key: GasPointKey, _ profile: GasProfile, _ standards: StandardsProfile
    ) -> GasSetPoints? {
        switch key.kind {
        case .combustibleGas:
            guard let levels = profile.combustible else { return missing(key) }
            guard isUnit(key, "%LEL") else { return nil }
            return GasSetPoints(
                high: GasSetPoint(limit: levels.high, words: "\(levels.high.figure) %LEL"),
                highHigh: GasSetPoint(limit: levels.highHigh, words: "\(levels.highHigh.figure) %LEL"))
        case .oxygen:
            guard let window = profile.oxygen else { return missing(key) }
            guard isUnit(key, "%VOL") else { return nil }
            return GasSetPoints(
                high: GasSetPoint(limit: window.high, words: "\(window.high.figure) %VOL"),
                low: GasSetPoint(limit: window.low, words: "\(window.low.figure) %VOL"))
        default:
            guard profile.exposure != nil || profile.danger != nil else { return missing(key) }
            return exposure(key, standards).flatMap { toxic(key, profile, $0, standards) }
        }
    }

    private func missing(_ key: GasPointKey) -> GasSetPoints? {
        addFault(
            .profile, "\(key.profile) has no set points for \(key.kind.rawValue)", valid: "a profile that has, or empty"
        )
        return nil
    }

    /// An empty unit is the kind's own.
    private func isUnit(_ key: GasPointKey, _ unit: String) -> Bool {
        if key.unit.isEmpty || PointKind.foldedUnit(key.unit) == PointKind.foldedUnit(unit) { return true }
        addFault(.unit, "\"\(key.unit)\" cannot be held against profile \(key.profile)", valid: "\(unit), or empty")
        return false
    }

    /// The exposure limit of the row's substance in the row's unit.
    private func exposure(_ key: GasPointKey, _ standards: StandardsProfile) -> ExposureLimit? {
        guard !key.substance.isEmpty else {
            addFault(
                .substance, "the cell is empty, and profile \(key.profile) bounds a toxic gas by its exposure limit",
                valid: "the name of a substance under exposure in the standards profile")
            return nil
        }
        let limits = standards.exposures(of: key.substance)
        guard !limits.isEmpty else {
            addFault(
                .substance, "\"\(key.substance)\" has no exposure limit in \(standards.name)",
                valid: "an empty profile, or an entry under exposure in a standards file of your own (setting "
                    + "standards): {substance: \(key.substance), unit: …, oel: …, source: …}")
            return nil
        }
        let unit = PointKind.foldedUnit(key.unit)
        if let limit = limits.first(where: { PointKind.foldedUnit($0.unit) == unit }) { return limit }
        addFault(
            .unit,
            key.unit.isEmpty
                ? "the cell is empty, and \(key.substance) has exposure limits by unit"
                : "\"\(key.unit)\" is no unit in which \(standards.name) has an exposure limit of \(key.substance)",
            valid: limits.map(\.unit).joined(separator: ", "))
        return nil
    }

    /// By the exposure limit (OEL); by IDLH where the instrument's range begins at the first level or above it.
    private func toxic(
        _ key: GasPointKey, _ profile: GasProfile, _ limit: ExposureLimit, _ standards: StandardsProfile
    ) -> GasSetPoints? {
        if let levels = profile.exposure {
            guard let oel = limit.oel else { return lacking("oel", limit, key, standards) }
            let first = PointListReader.share(levels.high, of: oel)
            if first > key.low ?? -.infinity || profile.danger == nil {
                return PointListReader.levels(levels, of: oel, "OEL", limit)
            }
        }
        guard let levels = profile.danger else { return missing(key) }
        guard let idlh = limit.idlh else { return lacking("idlh", limit, key, standards) }
        return PointListReader.levels(levels, of: idlh, "IDLH", limit)
    }

    private func lacking(
        _ figure: String, _ limit: ExposureLimit, _ key: GasPointKey, _ standards: StandardsProfile
    ) -> GasSetPoints? {
        addFault(
            .substance,
            "\(limit.substance) has no \(figure) in \(limit.unit) in \(standards.name), which profile \(key.profile) "
                + "needs here",
            valid: "a standards file of your own (setting standards) that has it, or an empty profile")
        return nil
    }

    private static func levels(
        _ levels: GasProfile.Levels, of figure: Double, _ name: String, _ limit: ExposureLimit
    ) -> GasSetPoints {
        func setPoint(_ percent: Double) -> GasSetPoint {
            let value = share(percent, of: figure)
            return GasSetPoint(
                limit: value,
                words: "\(value.figure) \(limit.unit), which is \(percent.figure) % \(name) of \(limit.substance) by "
                    + limit.source.place)
        }
        return GasSetPoints(high: setPoint(levels.high), highHigh: setPoint(levels.highHigh))
    }

    /// As one would work it out by hand: 100 % of 0.57 is 0.57.
    private static func share(_ percent: Double, of figure: Double) -> Double {
        (percent * figure / 100).rounded(toDigits: 12)
    }
}
