import Alarms
package import Registry
package import Telemetry

/// Hazard sources with their grades, for the command line and HTTP alike.
package struct HazardSourceReport: Sendable {
    package struct Entry: Sendable {
        package let site: String
        package let source: HazardSource
        package let grade: HazardGrade

        /// `SITE/SOURCE`.
        package var name: String { "\(site)/\(source.name)" }
    }

    package let standards: StandardsProfile
    package let entries: [Entry]

    /// - Parameters:
    ///   - selection: `SITE` or `SITE/SOURCE`; nil for all.
    ///   - hidden: names of sites not to show.
    ///   - quantity: what a quantity point says.
    package init(
        _ registry: Registry, _ standards: StandardsProfile, selection: String? = nil,
        hiding hidden: Set<String> = [], quantity: (PointIndex) -> LiveQuantity
    ) {
        self.standards = standards
        entries = registry.sites.filter { !hidden.contains($0.name) }.flatMap { site in
            site.hazardSources.compactMap { source in
                guard selection == nil || selection == site.name || selection == "\(site.name)/\(source.name)" else {
                    return nil
                }
                let points = source.substances.compactMap { $0.quantityPoint?.index }
                let live = Dictionary(
                    points.map { ($0, quantity($0)) }, uniquingKeysWith: { first, _ in first })
                return Entry(
                    site: site.name, source: source, grade: HazardGrade(source, by: standards, live: live))
            }
        }
    }

    /// One object with everything, keys in snake_case.
    package var json: String {
        var text = JSONText()
        text.member("profile", standards.name)
        text.member("dated", standards.dated)
        text.member("hazard_sources", json: "[\(entries.map(\.json).joined(separator: ","))]")
        return text.object
    }
}

extension HazardSourceReport.Entry {
    fileprivate var json: String {
        var text = JSONText()
        text.member("site", site)
        text.member("source", source.name)
        text.member("name", source.title)
        text.member("residents_within_500m", source.residents.map { Int64($0) })
        text.member("s", grade.sum)
        text.member("major_hazard_source", grade.isMajor)
        text.member("alpha", grade.alpha)
        text.member("r", grade.result)
        text.member("r_live", grade.liveResult)
        text.member("grade", grade.grade.map { Int64($0) })
        text.member("substances", json: "[\(grade.lines.map(\.json).joined(separator: ","))]")
        var quoted: [String] = []
        for sentence in grade.working { quoted.append(JSONText.string(sentence)) }
        text.member("working", json: "[\(quoted.joined(separator: ","))]")
        return text.object
    }
}

extension HazardGradeLine {
    fileprivate var json: String {
        var text = JSONText()
        text.member("name", substance.name)
        text.member("quantity_t", substance.quantity)
        text.member("critical_t", substance.critical.value)
        text.member("critical_t_from", substance.critical.origin)
        text.member("beta", substance.beta.value)
        text.member("beta_from", substance.beta.origin)
        text.member("ratio", ratio)
        text.member("weighted_ratio", weighted)
        text.member("quantity_point", substance.quantityPoint?.name)
        text.member("live_t", substance.quantityPoint == nil ? nil : liveQuantity)
        if case .measured(_, let age) = live { text.member("live_age_ms", age) }
        if case .unusable(let reason, _) = live { text.member("live_unusable", reason) }
        return text.object
    }
}
