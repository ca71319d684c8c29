package import Telemetry

extension Registry {
    /// What a name given from outside stands for.
    package enum Match: Sendable, Hashable {
        case found(PointIndex)
        case unknown
        /// A point's name without its site, which more than one site has: the first of them.
        case ambiguous(sites: [String])
    }

    /// The most sites named where a name is ambiguous.
    private static let mostSites = 5

    /// Finds points by `SITE/POINT`, or by `POINT` alone where one site only has it; the registry is looked through once.
    package func matches(_ names: [String]) -> [Match] {
        var wanted: [String: [Int]] = [:]
        for (place, name) in names.enumerated() {
            let bare = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).last ?? ""
            wanted[String(bare), default: []].append(place)
        }
        var matches = [Match](repeating: .unknown, count: names.count)
        for (position, point) in points.enumerated() {
            for place in wanted[point.name] ?? [] {
                let name = names[place]
                if name.utf8.count > point.name.utf8.count {
                    guard name == sites[point.site].name + "/" + point.name else { continue }
                    matches[place] = .found(PointIndex(position))
                } else {
                    matches[place] = together(matches[place], PointIndex(position))
                }
            }
        }
        return matches
    }

    private func together(_ match: Match, _ point: PointIndex) -> Match {
        switch match {
        case .unknown: .found(point)
        case .found(let other): .ambiguous(sites: [sites[self[other].site].name, sites[self[point].site].name])
        case .ambiguous(let named):
            named.count < Registry.mostSites ? .ambiguous(sites: named + [sites[self[point].site].name]) : match
        }
    }
}
