import Settings

/// How GB 18218 makes a grade of quantities, with the figures of a standards profile.
package struct GradingRules: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case identification, alpha, grades
    }

    /// The keys of `identification`.
    package enum IdentificationKey: String, SectionKey {
        case from, source
    }

    /// The keys of `alpha` and `grades`.
    package enum StepsKey: String, SectionKey {
        case source, steps
    }

    /// The factor for so many residents and more.
    package struct AlphaStep: Hashable, Sendable {
        package enum Key: String, SectionKey {
            case residents, alpha
        }

        package var residents: Int
        package var alpha: Double
    }

    /// The grade from so much R on.
    package struct GradeStep: Hashable, Sendable {
        package enum Key: String, SectionKey {
            case grade, lowest = "r"
        }

        package var grade: Int
        package var lowest: Double
    }

    /// S from which on an installation is a major hazard source.
    package var identified: Double
    package var identifiedSource: FigureSource
    /// From many residents to none.
    package var alphas: [AlphaStep]
    package var alphaSource: FigureSource
    /// From the gravest grade to the least.
    package var grades: [GradeStep]
    package var gradeSource: FigureSource

    /// The factor α, and the sentence that says why this one.
    /// - Parameter residents: nil where the site does not say; then the largest factor is taken.
    func alpha(residents: Int?) -> (value: Double, why: String) {
        guard let residents else {
            let largest = alphas.map(\.alpha).max() ?? 1
            return (largest, "residents_within_500m is not given, so the largest α is taken")
        }
        let place = alphas.firstIndex { residents >= $0.residents } ?? alphas.count - 1
        let step = alphas[place]
        let range =
            if place == 0 {
                "\(step.residents) or more"
            } else if alphas[place - 1].residents - 1 == step.residents {
                "\(step.residents)"
            } else {
                "\(step.residents) to \(alphas[place - 1].residents - 1)"
            }
        return (step.alpha, "\(residents) residents within 500 m, in the row \(range)")
    }

    /// The grade of an R, and the range of R that it stands for.
    func grade(_ result: Double) -> (grade: Int, range: String) {
        let place = grades.firstIndex { result >= $0.lowest } ?? grades.count - 1
        let step = grades[place]
        let range =
            if place == 0 {
                "R ≥ \(step.lowest.figure)"
            } else if place == grades.count - 1 {
                "R < \(grades[place - 1].lowest.figure)"
            } else {
                "\(step.lowest.figure) ≤ R < \(grades[place - 1].lowest.figure)"
            }
        return (step.grade, range)
    }
}
