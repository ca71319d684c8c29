import Settings
package import Telemetry

/// A hazard source of a site: what stands there and who lives near.
package struct HazardSource: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case source
        case name
        case position
        case residents = "residents_within_500m"
        case substances
    }

    /// Unique within its site, such as `TF-1`.
    package var name: String
    package var title: BilingualText
    /// The operator position that its alarms go to; nil: the site's own, which bears the site's name.
    package var position: String?
    /// People living within 500 m; nil where the site does not say.
    package var residents: Int?
    package var substances: [Substance]

    package init(
        name: String, title: BilingualText = BilingualText(), residents: Int? = nil, substances: [Substance] = [],
        position: String? = nil
    ) {
        self.name = name
        self.title = title
        self.residents = residents
        self.substances = substances
        self.position = position
    }
}
