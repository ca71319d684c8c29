import Settings
import Telemetry

extension RegistryBuilder {
    /// The unit a quantity point has to have: that of `quantity_t`, with which it is compared.
    private static let unit = "t"

    /// Finds the points that a site's substances are measured by, once the site's list is read.
    /// - Parameters:
    ///   - first: position of the site's first point.
    ///   - isMentioned: whether a row has this name, even if it was refused.
    mutating func settle(
        _ claims: [QuantityPointClaim], site: Int, after first: Int, isMentioned: (String) -> Bool
    ) {
        guard !claims.isEmpty else { return }
        let wanted = Set(claims.map(\.name))
        var places: [String: Int] = [:]
        for place in first..<registry.points.count where wanted.contains(registry.points[place].name) {
            places[registry.points[place].name] = place
        }
        var taken: [String: Field] = [:]
        for claim in claims {
            guard let place = places[claim.name] else {
                if !isMentioned(claim.name) {
                    claim.field.fault(
                        "is \"\(claim.name)\", which is no point of this site's list",
                        valid: "the name of a point in t of the same site")
                }
                continue
            }
            let unit = registry.points[place].unit
            if unit != RegistryBuilder.unit {
                claim.field.fault(
                    "is \"\(claim.name)\", whose unit is \(unit.isEmpty ? "empty" : "\"\(unit)\"")",
                    valid: "a point whose unit is t, as that of quantity_t")
            }
            if let other = taken.updateValue(claim.field, forKey: claim.name) {
                claim.field.fault(
                    "is \"\(claim.name)\", which measures another substance in line \(other.line)",
                    valid: "a point of its own for each substance")
            }
            set(QuantityPoint(name: claim.name, index: PointIndex(place)), for: claim, site: site)
        }
    }
}
