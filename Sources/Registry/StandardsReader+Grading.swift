import Settings

/// The steps by which GB 18218 makes a grade of quantities.
extension StandardsReader {
    static let sourceForm = "{document: …, certainty: …}"

    func readGrading(_ field: Field) -> GradingRules? {
        guard let section = field.section(of: GradingRules.Key.self) else { return nil }
        let identification = section.required(.identification, valid: "{from: 1, source: …}")?
            .section(of: GradingRules.IdentificationKey.self)
        let identified = identification?.required(.from, valid: "S, such as 1")?.number(in: 1e-6...1e6)
        let identifiedSource = readSource(identification?.required(.source, valid: StandardsReader.sourceForm))
        let alphas = readSteps(section.required(.alpha, valid: "steps and their source"))
        let grades = readSteps(section.required(.grades, valid: "steps and their source"))
        let alphaSteps = alphas.map { readAlphaSteps($0.steps) }
        let gradeSteps = grades.map { readGradeSteps($0.steps) }
        guard let identified, let identifiedSource, let alphas, let grades, let alphaSteps, let gradeSteps,
            !alphaSteps.isEmpty, !gradeSteps.isEmpty
        else { return nil }
        return GradingRules(
            identified: identified, identifiedSource: identifiedSource, alphas: alphaSteps,
            alphaSource: alphas.source, grades: gradeSteps, gradeSource: grades.source)
    }

    private func readSteps(_ field: Field?) -> (steps: Field, source: FigureSource)? {
        guard let section = field?.section(of: GradingRules.StepsKey.self) else { return nil }
        let steps = section.required(.steps, valid: "a list of steps")
        let source = readSource(section.required(.source, valid: StandardsReader.sourceForm))
        guard let steps, let source else { return nil }
        return (steps, source)
    }

    private func readAlphaSteps(_ field: Field) -> [GradingRules.AlphaStep] {
        var found: [GradingRules.AlphaStep] = []
        for item in field.items() ?? [] {
            guard let section = item.section(of: GradingRules.AlphaStep.Key.self) else { continue }
            let residents = section.required(.residents, valid: "how many people")?.integer(in: 0...10_000_000)
            let alpha = section.required(.alpha, valid: "a factor")?.number(in: 1e-3...1e3)
            guard let residents, let alpha else { continue }
            if let last = found.last, residents >= last.residents {
                item.fault("is not below the step before it", valid: "steps from many residents to 0")
            }
            found.append(GradingRules.AlphaStep(residents: residents, alpha: alpha))
        }
        checkEnd(of: field, reachesZero: found.last?.residents == 0)
        return found
    }

    private func readGradeSteps(_ field: Field) -> [GradingRules.GradeStep] {
        var found: [GradingRules.GradeStep] = []
        for item in field.items() ?? [] {
            guard let section = item.section(of: GradingRules.GradeStep.Key.self) else { continue }
            let grade = section.required(.grade, valid: "a grade's number")?.integer(in: 1...9)
            let lowest = section.required(.lowest, valid: "R, such as 100")?.number(in: 0...1e9)
            guard let grade, let lowest else { continue }
            if let last = found.last, lowest >= last.lowest || grade <= last.grade {
                item.fault("does not follow the step before it", valid: "grades that rise while r falls to 0")
            }
            found.append(GradingRules.GradeStep(grade: grade, lowest: lowest))
        }
        checkEnd(of: field, reachesZero: found.last?.lowest == 0)
        return found
    }

    /// Whatever there is must have a step.
    private func checkEnd(of field: Field, reachesZero: Bool) {
        guard !reachesZero, let items = field.items() else { return }
        field.fault(items.isEmpty ? "is an empty list" : "does not reach 0", valid: "a last step from 0 on")
    }
}
