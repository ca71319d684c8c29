/// The GB 18218 grades of a registry's hazard sources, worked out once.
package struct SourceGrades: Hashable, Sendable {
    private var grades: [String: [String: Int]] = [:]

    /// None.
    package init() {}

    package init(_ registry: Registry, by standards: StandardsProfile) {
        for site in registry.sites {
            for source in site.hazardSources {
                grades[site.name, default: [:]][source.name] = HazardGrade(source, by: standards).grade
            }
        }
    }

    /// 1 is the gravest; nil for what is no major hazard source, or no hazard source at all.
    package func grade(site: String, source: String) -> Int? { grades[site]?[source] }
}
