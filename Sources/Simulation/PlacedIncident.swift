/// An incident tied to the site, tank and point of a plan that it strikes.
struct PlacedIncident: Sendable {
    let incident: Incident
    let site: Int
    /// The point's position in its site, or nil if the incident strikes the whole gateway.
    let position: Int?
    let tank: Int?

    init(_ incident: Incident, in plan: FarmPlan) throws(SimulationFault) {
        self.incident = incident
        let kind = incident.kind.rawValue
        guard let site = incident.site.map({ plan.site(named: $0) }) ?? 0 else {
            throw SimulationFault(
                "\(kind): there is no site \(incident.site ?? ""); they run from \(plan.siteName(0)) to "
                    + plan.siteName(plan.sites - 1))
        }
        self.site = site
        guard let usual = incident.kind.usualInstrument else {
            guard incident.point == nil else {
                throw SimulationFault("\(kind) strikes a whole gateway; leave out point=\(incident.point ?? "")")
            }
            position = nil
            tank = nil
            return
        }
        let name = incident.point ?? "\(usual.sheet.letters)-101\(usual.sheet.suffix)"
        guard let position = plan.position(of: name) else {
            throw SimulationFault(
                "\(kind): a site has no point \(name); its \(plan.pointsPerSite) points run from \(plan.pointName(0)) to "
                    + plan.pointName(plan.pointsPerSite - 1))
        }
        guard incident.kind == .stuck || plan.instrument(position) == usual else {
            throw SimulationFault(
                "\(kind) strikes a \(usual.sheet.en.lowercased()), for example \(usual.sheet.letters)-101")
        }
        self.position = position
        tank = plan.tank(position)
    }
}
