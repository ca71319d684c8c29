package import Registry

/// What a consumer asks for: the oldest tasks that wait, of the tiers, areas and sites it serves.
package struct EscalationClaim: Sendable, Hashable {
    /// The most tasks of one claim.
    package static let mostTasks = 500
    /// What a lease lasts, in milliseconds.
    package static let leases: ClosedRange<Int64> = 1_000...EscalationTask.longestLease
    /// The most tiers, areas or sites that can be named.
    package static let mostNames = 100

    /// Who asks, and holds what is handed out.
    package let holder: String
    /// Role and address of whoever asks; nil on the control socket.
    package let origin: String?
    package let limit: Int
    /// For how many milliseconds.
    package let lease: Int64
    /// All of them if there are none.
    package let tiers: Set<String>
    /// All of them if there are none.
    package let sites: Set<String>
    /// What the consumer wants, and what it may see.
    package let scopes: [AreaScope]

    package init(
        holder: String, origin: String? = nil, limit: Int = 1, lease: Int64 = 60_000, tiers: Set<String> = [],
        sites: Set<String> = [], scopes: [AreaScope] = []
    ) {
        self.holder = holder
        self.origin = origin
        self.limit = min(max(limit, 1), EscalationClaim.mostTasks)
        self.lease = lease
        self.tiers = tiers
        self.sites = sites
        self.scopes = scopes
    }

    /// The same for so many tasks at most.
    package func limited(to limit: Int) -> EscalationClaim {
        EscalationClaim(
            holder: holder, origin: origin, limit: limit, lease: lease, tiers: tiers, sites: sites, scopes: scopes)
    }

    package func wants(tier: String) -> Bool { tiers.isEmpty || tiers.contains(tier) }

    /// - Parameter area: the site's; nil for alarms of the node itself, which only those see who see everything.
    package func wants(site: String, area: [String]?) -> Bool {
        (sites.isEmpty || sites.contains(site))
            && scopes.allSatisfy { scope in area.map { scope.covers($0) } ?? scope.isUnlimited }
    }
}
