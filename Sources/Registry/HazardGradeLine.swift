/// One substance's part in a grade.
package struct HazardGradeLine: Hashable, Sendable {
    package let substance: Substance
    /// q/Q with the design maximum.
    package let ratio: Double
    /// β·q/Q with the design maximum.
    package let weighted: Double
    /// What its quantity point says; nil without one.
    package let live: LiveQuantity?
    /// Tonnes for the indicative R: what is measured, or else the design maximum.
    package let liveQuantity: Double

    init(_ substance: Substance, live: LiveQuantity?) {
        self.substance = substance
        self.live = live
        ratio = (substance.quantity / substance.critical.value).rounded(toDigits: HazardGrade.digits)
        weighted = HazardGradeLine.weigh(substance.quantity, substance).rounded(toDigits: HazardGrade.digits)
        liveQuantity =
            switch live {
            case .measured(let tonnes, _): tonnes
            case .unusable(_, let reading): max(substance.quantity, reading ?? 0)
            case nil: substance.quantity
            }
    }

    /// β·q/Q of a quantity, not rounded.
    static func weigh(_ quantity: Double, _ substance: Substance) -> Double {
        substance.beta.value * quantity / substance.critical.value
    }

    /// Where the figures come from and what they make, each a line.
    var working: [String] {
        let quantity = substance.quantity.figure
        let critical = substance.critical
        let beta = substance.beta
        return [
            "\(substance.name): q = \(quantity) t (design maximum), Q = \(critical.value.figure) t "
                + "(\(critical.origin)), β = \(beta.value.figure) (\(beta.origin))",
            "\(substance.name): q/Q = \(quantity)/\(critical.value.figure) = \(ratio.figure), "
                + "β·q/Q = \(beta.value.figure) × \(ratio.figure) = \(weighted.figure)",
        ]
    }

    /// Which quantity the indicative R takes, and why.
    var liveWorking: String {
        let point = substance.quantityPoint?.name ?? ""
        let quantity = "\(substance.name): q = \(liveQuantity.figure) t"
        switch live {
        case .measured(_, let age):
            return "\(quantity) by \(point), \((Double(age) / 1_000).rounded().figure) s old"
        case .unusable(let why, _):
            let kind = liveQuantity > substance.quantity ? "what it reads" : "the design maximum"
            return "\(quantity), \(kind), as \(point) \(why)"
        case nil:
            return "\(quantity), the design maximum, as no quantity_point is named"
        }
    }
}
