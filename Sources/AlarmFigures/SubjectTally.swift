import Alarms

/// What was counted of one alarm, `site/object/CONDITION`, and how it stands.
struct SubjectTally: Sendable {
    let name: String
    let site: Int
    /// The scope of the operator position it goes to.
    var position: Int
    /// Its hazard source when last heard of.
    var source: String
    /// Whether it stands for all those beyond the bound, of which nothing but their number is known.
    var isOthers = false

    var annunciated = 0
    var fleeting = 0
    var chatter = ChatterWatch()

    /// Whether an event told how it stands.
    var isKnown = false
    /// Since when its condition is true, UTC milliseconds; nil while it is not.
    var activeSince: Int64?
    /// Since when it is in the operator's sight; nil while it is suppressed.
    var shownSince: Int64?
    /// When the operator was first told of what is not acknowledged yet.
    var pendingSince: Int64?
    /// When it was raised, until it returned or somebody acted.
    var freshSince: Int64?

    init(_ name: String, site: Int, position: Int, source: String) {
        self.name = name
        self.site = site
        self.position = position
        self.source = source
    }

    /// From when on it is stale; nil if it is not active, or not shown.
    func staleFrom(after wait: Int64) -> Int64? {
        guard let activeSince, let shownSince else { return nil }
        return max(activeSince + wait, shownSince)
    }

    /// Takes from its first event how it stood before.
    mutating func learn(_ event: LoggedEvent) {
        guard !isKnown else { return }
        isKnown = true
        guard event.wasActive, let raisedAt = event.raisedAt else { return }
        activeSince = raisedAt
        let wasShown = event.kind.hides || (event.suppression == .none && !event.kind.releases)
        shownSince = wasShown ? raisedAt : nil
    }

    /// Takes over how it stands after an event.
    mutating func follow(_ event: LoggedEvent) {
        if !event.state.isActive {
            activeSince = nil
        } else if activeSince == nil {
            activeSince = event.kind == .raised ? event.time : event.raisedAt ?? event.time
        }
        if event.suppression != .none {
            shownSince = nil
        } else if shownSince == nil {
            shownSince = event.time
        }
    }
}
