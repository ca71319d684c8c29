import Settings
import Telemetry

/// Reads `special_periods` of `policies.yaml`.
enum SpecialPeriodReader {
    /// A period, and where its sites are named; whether there are such sites is known once the registry is read.
    struct Claim {
        let period: SpecialPeriod
        let sites: [(name: String, field: Field)]
    }

    static func read(_ field: Field) -> [Claim] {
        (field.entries() ?? []).compactMap { name, field in
            guard NameRule.isName(name) else {
                field.fault("has the name \"\(name)\"", valid: NameRule.nameForm)
                return nil
            }
            return field.section(of: SpecialPeriod.Key.self).flatMap { claim(name, field, $0) }
        }
    }

    private static func claim(_ name: String, _ field: Field, _ section: Section<SpecialPeriod.Key>) -> Claim? {
        let from = section.required(.from, valid: Field.instantForm).flatMap { $0.instant() }
        let to = section.required(.to, valid: Field.instantForm).flatMap { $0.instant() }
        let steps = section[.prioritySteps].map { $0.integer(in: 0...3) } ?? 1
        let factor = section[.climbFactor].map { $0.number(in: 0.01...1) } ?? 0.5
        let sites = (section[.sites]?.items() ?? []).compactMap { item in item.name().map { ($0, item) } }
        let title = section[.title]?.bilingualText() ?? BilingualText()
        guard let from, let to, let steps, let factor else { return nil }
        guard from < to else {
            section[.to]?.fault("is not after from", valid: "a later time")
            return nil
        }
        return Claim(
            period: SpecialPeriod(
                name: name, title: title, times: from..<to, sites: Set(sites.map(\.0)), prioritySteps: UInt8(steps),
                climbFactor: factor),
            sites: sites)
    }
}
