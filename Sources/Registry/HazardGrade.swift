package import Telemetry

/// A hazard source's grade by GB 18218 and how it comes about (pure).
///
/// S and R are worked out with the declared design maxima, as the standard has it. The indicative R takes what is
/// measured instead, where a substance names a quantity point.
package struct HazardGrade: Hashable, Sendable {
    /// Sums are rounded to so many significant digits before they are compared: three times a third is 1.
    static let digits = 12

    package let lines: [HazardGradeLine]
    /// S = Σ q/Q; nil where no substance is declared, as is all that follows from it.
    package let sum: Double?
    /// Whether it is a major hazard source (重大危险源).
    package let isMajor: Bool
    /// The factor for the people around.
    package let alpha: Double
    /// R = α·Σ β·q/Q.
    package let result: Double?
    /// R with what is measured; nil where no substance names a quantity point.
    package let liveResult: Double?
    /// 1 is the gravest; nil below the threshold of major hazard sources.
    package let grade: Int?
    /// How all this comes about, a sentence each.
    package let working: [String]

    /// - Parameter live: what the quantity points say; one that is left out has no sample.
    package init(
        _ source: HazardSource, by standards: StandardsProfile, live: [PointIndex: LiveQuantity] = [:]
    ) {
        let rules = standards.grading
        let lines = source.substances.map { substance in
            HazardGradeLine(
                substance, live: substance.quantityPoint.map { live[$0.index] ?? .unusable("has no sample") })
        }
        self.lines = lines
        alpha = rules.alpha(residents: source.residents).value
        guard !lines.isEmpty else {
            (sum, isMajor, result, liveResult, grade) = (nil, false, nil, nil, nil)
            working = ["no substances are declared, so there is nothing to grade"]
            return
        }
        let sum = lines.reduce(0) { $0 + $1.substance.quantity / $1.substance.critical.value }
            .rounded(toDigits: HazardGrade.digits)
        let result = HazardGrade.result(alpha, lines) { $0.substance.quantity }
        let isMeasured = lines.contains { $0.live != nil }
        self.sum = sum
        isMajor = sum >= rules.identified
        self.result = result
        liveResult = isMeasured ? HazardGrade.result(alpha, lines) { $0.liveQuantity } : nil
        grade = isMajor ? rules.grade(result).grade : nil
        working = HazardGrade.working(
            lines, residents: source.residents, sum: sum, result: result, liveResult: liveResult, rules)
    }

    private static func result(
        _ alpha: Double, _ lines: [HazardGradeLine], _ quantity: (HazardGradeLine) -> Double
    ) -> Double {
        let sum = lines.reduce(0) { $0 + HazardGradeLine.weigh(quantity($1), $1.substance) }
        return (alpha * sum).rounded(toDigits: digits)
    }
}
