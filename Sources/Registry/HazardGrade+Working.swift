/// The working as sentences, with where each figure comes from.
extension HazardGrade {
    static func working(
        _ lines: [HazardGradeLine], residents: Int?, sum: Double, result: Double, liveResult: Double?,
        _ rules: GradingRules
    ) -> [String] {
        let isMajor = sum >= rules.identified
        let alpha = rules.alpha(residents: residents)
        let terms = lines.map(\.weighted.figure).joined(separator: " + ")
        let weighted = lines.count > 1 ? "(\(terms))" : terms
        var working = lines.flatMap(\.working)
        working.append(identification(lines, sum: sum, isMajor: isMajor, rules))
        working.append("α = \(alpha.value.figure): \(alpha.why) (\(rules.alphaSource))")
        working.append(
            "R = α·Σ β·q/Q = \(alpha.value.figure) × \(weighted) = \(result.figure): "
                + (isMajor ? conclusion(result, rules) : "no grade, as S is below the threshold"))
        if let liveResult {
            working += lines.map(\.liveWorking)
            working.append("R with these live quantities = \(liveResult.figure), indicative only")
        }
        return working
    }

    private static func identification(
        _ lines: [HazardGradeLine], sum: Double, isMajor: Bool, _ rules: GradingRules
    ) -> String {
        let ratios = lines.map(\.ratio.figure).joined(separator: " + ") + (lines.count > 1 ? " = \(sum.figure)" : "")
        let threshold = rules.identified.figure
        let verdict = isMajor ? "≥ \(threshold): a major hazard source" : "< \(threshold): no major hazard source"
        return "S = Σ q/Q = \(ratios) \(verdict) (\(rules.identifiedSource))"
    }

    private static func conclusion(_ result: Double, _ rules: GradingRules) -> String {
        let (grade, range) = rules.grade(result)
        return "grade \(grade), \(range) (\(rules.gradeSource))"
    }
}
