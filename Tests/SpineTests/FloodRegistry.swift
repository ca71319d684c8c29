import TestKit

/// A registry made to be flooded: sites of several hazard sources each, all of whose points one gateway reports.
struct FloodRegistry {
    struct Place {
        let site: String
        let point: String
        /// The point's name on the gateway.
        let tag: String

        var subject: String { "\(site)/\(point)/H" }
    }

    static let gateway = "gw-flood"
    /// How the names of its sites begin.
    static let prefix = "flood-"
    private static let priorities = ["critical", "high", "medium", "low"]

    let sites: Int
    let sourcesPerSite: Int
    let pointsPerSource: Int

    /// Every point, those of all sites in turn.
    var places: [Place] {
        (0..<sites * sourcesPerSite * pointsPerSource).map { number in
            Place(site: site(number % sites), point: "LT-\(number)", tag: "T-\(number)")
        }
    }

    func site(_ number: Int) -> String { "\(FloodRegistry.prefix)\(number)" }

    /// Writes it beside the other sites of a deployment.
    func write(to folder: TemporaryFolder) throws {
        for number in 0..<sites {
            let name = site(number)
            let sources = (0..<sourcesPerSite).map { "{source: TF-\($0)}" }.joined(separator: ", ")
            let file = [
                "site: \(name)", "name: {zh: 罐区\(number), en: Flooded tank farm \(number)}",
                "area: dongying/kenli/town-\(number)", "policy: default", "hazard_sources: [\(sources)]",
                "points_file: \(name).points.csv",
            ]
            try folder.write(file.joined(separator: "\n") + "\n", to: "sites/\(name).yaml")
            let rows = places.enumerated().filter { $0.element.site == name }.map { row($0.offset, $0.element) }
            let header = "point,source,gateway,tag,kind,stale_after_s,H,priority"
            try folder.write(
                ([header] + rows).joined(separator: "\n") + "\n", to: "sites/\(name).points.csv")
        }
    }

    /// Neighbours of a site belong to different sources and have different priorities.
    private func row(_ number: Int, _ place: Place) -> String {
        let source = number / sites % sourcesPerSite
        let priority = FloodRegistry.priorities[number / sites % FloodRegistry.priorities.count]
        return "\(place.point),TF-\(source),\(FloodRegistry.gateway),\(place.tag),other,0,8,H=\(priority)"
    }
}
