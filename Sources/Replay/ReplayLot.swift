import Alarms
import Registry
import Telemetry

/// Points that are replayed together: those of some sites, with all the sites that share a gateway with one of them.
/// What alarms in a lot depends on nothing outside of it, and a lot's memory is what a replay needs.
struct ReplayLot {
    /// Points of a lot aimed at; a single site may have more.
    private static let goal = 1_000

    /// `SITE/POINT`
    private(set) var points: [String] = []
    private(set) var sites: Set<String> = []
    /// Gateways that several of the sites share.
    private var sharedGateways: Set<String> = []

    /// Whether an event is about something of the lot.
    func covers(_ event: Event) -> Bool {
        guard event.site == AlarmSubject.sharedGatewaySite else { return sites.contains(event.site) }
        return AlarmSubject(event.subject).map { sharedGateways.contains($0.object) } ?? false
    }

    /// The lots of all points that any of these registries has.
    static func lots(of registries: [Registry]) -> [ReplayLot] {
        let groups = groups(of: registries)
        var known: Set<String> = []
        var pointsBySite: [String: [String]] = [:]
        for registry in registries {
            for position in registry.points.indices {
                let name = registry.identifier(of: PointIndex(position))
                guard known.insert(name).inserted else { continue }
                pointsBySite[registry.sites[registry.points[position].site].name, default: []].append(name)
            }
        }
        var lots: [ReplayLot] = []
        var lot = ReplayLot()
        for group in groups {
            let points = group.flatMap { pointsBySite[$0] ?? [] }
            if !lot.points.isEmpty, lot.points.count + points.count > goal {
                lots.append(lot)
                lot = ReplayLot()
            }
            lot.points += points
            lot.sites.formUnion(group)
        }
        if !lot.points.isEmpty { lots.append(lot) }
        for place in lots.indices {
            for registry in registries {
                for gateway in registry.gateways where gateway.sites.count > 1 {
                    let names = gateway.sites.map { registry.sites[$0].name }
                    if names.contains(where: { lots[place].sites.contains($0) }) {
                        lots[place].sharedGateways.insert(gateway.name)
                    }
                }
            }
        }
        return lots
    }

    /// Sites that hang together by shared gateways, in the order of the registries.
    private static func groups(of registries: [Registry]) -> [[String]] {
        var names: [String] = []
        var groupOf: [String: Int] = [:]
        var members: [Int: [String]] = [:]
        for site in registries.flatMap(\.sites) where groupOf[site.name] == nil {
            groupOf[site.name] = names.count
            members[names.count] = [site.name]
            names.append(site.name)
        }
        for registry in registries {
            for gateway in registry.gateways {
                guard let first = gateway.sites.first, let group = groupOf[registry.sites[first].name] else { continue }
                for site in gateway.sites.dropFirst() {
                    guard let other = groupOf[registry.sites[site].name], other != group,
                        let moved = members.removeValue(forKey: other)
                    else { continue }
                    for name in moved { groupOf[name] = group }
                    members[group, default: []] += moved
                }
            }
        }
        return members.sorted { $0.key < $1.key }.map(\.value)
    }
}
