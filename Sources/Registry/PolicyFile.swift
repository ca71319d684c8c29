import Settings

/// What a policies file says. Whom it means is settled once the registry is read.
struct PolicyFile {
    /// By name; the standard one included unless the file has its own `default`.
    var policies = ["default": EscalationPolicy.standard]
    var periods: [SpecialPeriodReader.Claim] = []
    var duty = DutyPlan()
    /// Every `notify` of the policies.
    var notified: [NotifyReader.Claim] = []

    /// The periods, and notices of sites whose persons are missing, once it is known which sites there are.
    func settle(_ registry: Registry) -> [SpecialPeriod] {
        let known = Set(registry.sites.map(\.name))
        for claim in periods {
            for (name, field) in claim.sites where !known.contains(name) {
                field.fault(
                    "is \"\(name)\", which is no site", valid: "the name of a site, or no sites for all of them")
            }
        }
        for claim in notified { claim.check(registry.sites) }
        return periods.map(\.period)
    }
}
