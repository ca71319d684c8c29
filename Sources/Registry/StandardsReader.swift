import Settings

/// Reads a standards profile. What is left out is a fault: a profile takes the place of the one before as a whole.
struct StandardsReader {
    private static let dateForm = "a day such as \"2026-11-24\""

    func read(_ root: Field) -> StandardsProfile? {
        guard let section = root.section(of: StandardsProfile.Key.self) else { return nil }
        let name = section.required(.profile, valid: NameRule.nameForm)?.name()
        let dated = section.required(.dated, valid: StandardsReader.dateForm).flatMap { readDay($0) }
        let rules = section.required(.grading, valid: "the steps of GB 18218").flatMap { readGrading($0) }
        let substances = section.required(.substances, valid: "named substances").map { readSubstances($0) }
        let classes = section.required(.classes, valid: "hazard classes").map { readClasses($0) }
        let profiles = section.required(.gasProfiles, valid: "a mapping from name to set points").map {
            readGasProfiles($0)
        }
        let exposures = section[.exposure].map { readExposures($0) } ?? []
        let targets = section.required(.alarmSystem, valid: "what alarm figures are held against")
            .flatMap { readAlarmTargets($0) }
        guard let name, let dated, let rules, let substances, let classes, let profiles, let targets else { return nil }
        let profile = StandardsProfile(
            name: name, dated: dated, grading: rules, substances: substances, classes: classes, gasProfiles: profiles,
            exposures: exposures, alarmTargets: targets)
        if let field = section[.exposure] { checkRepeats(of: exposures, in: profile, field) }
        return profile
    }

    /// Where a group of figures comes from.
    func readSource(_ field: Field?) -> FigureSource? {
        guard let section = field?.section(of: FigureSource.Key.self) else { return nil }
        let document = section.required(.document, valid: "a document's name and year")?.text()
        let certainty = section.required(.certainty, valid: Certainty.allCases.map(\.rawValue).joined(separator: ", "))?
            .choice(Certainty.self)
        let clause = section[.clause]?.text()
        guard let document, let certainty else { return nil }
        return FigureSource(document: document, clause: clause, certainty: certainty)
    }

    private func readDay(_ field: Field) -> String? {
        guard let text = field.text(valid: StandardsReader.dateForm) else { return nil }
        guard text.wholeMatch(of: /[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])/) != nil else {
            field.fault("is \"\(text)\"", valid: StandardsReader.dateForm)
            return nil
        }
        return text
    }
}
