import Alarms
package import Hummingbird
import Registry
package import Store
import Telemetry

/// The registry's points with what they say now.
package struct PointRoutes: Sendable {
    /// The most points of one answer.
    package static let most: Int64 = 1_000

    private let rules: RegistryInForce
    private let reader: StateReader
    private let gate: QueryGate

    package init(rules: RegistryInForce, reader: StateReader, gate: QueryGate) {
        self.rules = rules
        self.reader = reader
        self.gate = gate
    }

    package func add(to router: Router<some ActorContext>) {
        router.get("v1/points", for: .read) { request, _, asker in
            let limit = try OperatorRoutes.number(
                "limit", in: request, 1...PointRoutes.most, standard: PointRoutes.most)
            let site = request.uri.queryParameters["site"].map { String($0) }
            let after = request.uri.queryParameters["after"].map { String($0) }
            return try await gate.run {
                let page = try page(after: after, site: site, limit: Int(limit), scope: asker.scope)
                return PointRoutes.response(page, site: site, limit: limit)
            }
        }
    }

    /// Points in the order of the registry; `isFull` where there may be more of them.
    private func page(
        after: String?, site: String?, limit: Int, scope: AreaScope
    ) throws -> (rows: [PointRow], isFull: Bool) {
        let rules = rules.current
        let registry = rules.registry
        let seen = registry.sites.map { rules.isSeen($0.name, by: scope) && (site == nil || site == $0.name) }
        var start = 0
        if let after {
            guard let place = registry.index(of: after), rules.isSeen(after.prefix { $0 != "/" }, by: scope) else {
                throw Problem(
                    .conflict,
                    "after is \"\(after)\", no point of the registry in force; valid: the last point of the page before, or to "
                        + "begin anew")
            }
            start = place.position + 1
        }
        var places: [Int] = []
        for position in start..<max(start, registry.points.count) where seen[registry.points[position].site] {
            places.append(position)
            if places.count == limit { break }
        }
        let names = places.map { registry.identifier(of: PointIndex($0)) }
        let (samples, alarms) = (try reader.latest(of: names), try reader.alarms(of: names))
        let rows = zip(places, names).map { place, name in
            PointRow(
                identifier: name, point: registry.points[place], sample: samples[name], alarm: alarms[name])
        }
        return (rows, places.count == limit)
    }

    private static func response(
        _ page: (rows: [PointRow], isFull: Bool), site: String?, limit: Int64
    ) -> Response {
        let next = page.isFull ? page.rows.last?.identifier : nil
        var json = JSONText()
        json.member("points", json: "[\(page.rows.map(\.json).joined(separator: ","))]")
        json.member("next", next)
        var response = OperatorRoutes.json(json.object)
        if let next { response.linkNext("/v1/points", [("after", next), ("limit", "\(limit)"), ("site", site)]) }
        return response
    }
}
