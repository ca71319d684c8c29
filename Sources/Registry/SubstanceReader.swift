import Settings

/// Reads a substance of a hazard source, and finds its figures: the standards profile's own, or else the site's.
struct SubstanceReader {
    /// Nil when it could not be read, which is a fault elsewhere.
    let standards: StandardsProfile?

    /// The substance, and the key that names its quantity point, which is not known yet.
    func read(_ field: Field) -> (substance: Substance, quantityPoint: Field?)? {
        guard let section = field.section(of: Substance.Key.self) else { return nil }
        let name = section.required(.name, valid: "a substance's name")?.text()
        let quantity = section.required(.quantity, valid: "tonnes")?.number(in: 0...1e9)
        let critical = section[.critical]?.number(in: 1e-6...1e9)
        let beta = section[.beta]?.number(in: 0...1_000)
        let className = section[.hazardClass]?.text()
        guard let name, let quantity, let standards else { return nil }
        let known = standards.substance(name)
        let hazardClass = className.flatMap { self.hazardClass($0, section, standards) }
        // What is written and could not be read has its fault already.
        guard (critical == nil) == (section[.critical] == nil), (beta == nil) == (section[.beta] == nil),
            (hazardClass == nil) == (section[.hazardClass] == nil)
        else { return nil }
        if let hazardClass, known?.beta != nil || beta != nil {
            let owner = beta == nil ? "\(name) by the table" : "this entry"
            section[.hazardClass]?.fault(
                "is \(hazardClass.name), and \(owner) has a β already", valid: "one of the two")
            return nil
        }
        let foundCritical = chosen(critical, known?.critical ?? hazardClass?.critical, section, .critical)
        let foundBeta = chosen(beta, known?.beta ?? hazardClass?.beta, section, .beta)
        guard let foundCritical, let foundBeta else {
            fault(
                section, name, isKnown: known != nil, needsCritical: foundCritical == nil, needsBeta: foundBeta == nil)
            return nil
        }
        let substance = Substance(name: name, quantity: quantity, critical: foundCritical, beta: foundBeta)
        return (substance, section[.quantityPoint])
    }

    private func hazardClass(
        _ name: String, _ section: Section<Substance.Key>, _ standards: StandardsProfile
    ) -> HazardClass? {
        if let found = standards.hazardClass(name) { return found }
        section[.hazardClass]?.fault(
            "is \"\(name)\", a class that \(standards.name) does not have",
            valid: standards.classes.map(\.name).joined(separator: ", ") + ", or critical_t and beta without class")
        return nil
    }

    /// The profile's figure; one of the site's own where there is none, since it must not pass for the standard's.
    private func chosen(
        _ own: Double?, _ standard: Figure?, _ section: Section<Substance.Key>, _ key: Substance.Key
    ) -> Figure? {
        guard let standard else { return own.map { .declared($0) } }
        if let own, own != standard.value {
            section[key]?.fault(
                "is \(own.figure), but the standards profile has \(standard.value.figure) (\(standard.origin))",
                valid: "leave it out, or name a corrected profile in the setting standards")
        }
        return standard
    }

    private func fault(
        _ section: Section<Substance.Key>, _ name: String, isKnown: Bool, needsCritical: Bool, needsBeta: Bool
    ) {
        guard let standards else { return }
        let classes = standards.classes.map(\.name).joined(separator: ", ")
        let lacks = [needsCritical ? "critical quantity" : nil, needsBeta ? "β" : nil].compactMap { $0 }
        let adds = [
            needsCritical ? "critical_t in tonnes" : nil, needsBeta ? "beta, or a class of \(classes)" : nil,
        ].compactMap { $0 }
        let what =
            isKnown
            ? "for which \(standards.name) has no \(lacks.joined(separator: " and no "))"
            : "which \(standards.name) does not have"
        section[.name]?.fault(
            "is \"\(name)\", \(what)",
            valid: (isKnown ? "" : "a name of its table, or ") + "beside it " + adds.joined(separator: " and "))
    }
}
