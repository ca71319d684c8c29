import Settings
package import Telemetry

/// A place with hazard sources, and the ladder its escalations climb.
package struct Site: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case site
        case name
        case area
        case policy
        case responsible
        case hazardSources = "hazard_sources"
        case pointsFile = "points_file"
        case gateways
        case redundant
    }

    /// An entry of `gateways`.
    package enum GatewayKey: String, SectionKey {
        case gateway
        case silence = "silence_s"
    }

    /// Taken by subjects of alarms that belong to no single site.
    static let reservedNames = ["_node", "_gateways"]

    /// Unique in the registry, such as `shengli`.
    package var name: String
    package var title: BilingualText
    /// From the city down: each a level of the escalation topic.
    package var area: [String]
    /// The name of an escalation policy.
    package var policy: String
    package var hazardSources: [HazardSource]
    package var responsible: Responsible?

    package init(
        name: String, title: BilingualText = BilingualText(), area: [String] = [], policy: String = "default",
        hazardSources: [HazardSource] = [], responsible: Responsible? = nil
    ) {
        self.name = name
        self.title = title
        self.area = area
        self.policy = policy
        self.hazardSources = hazardSources
        self.responsible = responsible
    }
}
