/// Finds who of a tier is to be told: by name, role and roster.
package struct DutyPlan: Hashable, Sendable {
    /// By name.
    package var rosters: [String: DutyCalendar]

    package init(rosters: [String: DutyCalendar] = [:]) {
        self.rosters = rosters
    }

    /// Whom an escalation means at an instant.
    /// - Parameters:
    ///   - policy: the one that the episode goes by; its rosters are looked up in this plan.
    ///   - site: of the alarm; nil for alarms of the node itself and of gateways that several sites share.
    ///   - instant: UTC milliseconds.
    package func recipients(
        tier: String, policy: EscalationPolicy, site: Site?, at instant: Int64
    ) -> TierAudience {
        guard let targets = policy.notify[tier] else { return .unnamed }
        var found: [Recipient] = []
        var missing: [String] = []
        for target in targets {
            switch target {
            case .responsible(let role):
                let post = site?.responsible?[role]
                let deputy = targets.contains(.deputies) ? post?.deputy : nil
                if post == nil { missing.append(DutyPlan.missing(role, site)) }
                found += post.map { [Recipient($0.person, .responsible(role))] } ?? []
                found += deputy.map { [Recipient($0, .deputy(role))] } ?? []
            case .deputies: continue
            case .roster(let name):
                let onDuty = rosters[name]?.onDuty(at: instant) ?? []
                if onDuty.isEmpty {
                    missing.append(
                        rosters[name] == nil
                            ? "there is no roster \(name) any more" : "nobody is on duty by roster \(name)")
                }
                found += onDuty.map { Recipient($0.person, .roster(name, shift: $0.shift)) }
            }
        }
        var people: [Recipient] = []
        for recipient in found where !people.contains(where: { $0.isSamePerson(as: recipient) }) {
            people.append(recipient)
        }
        return people.isEmpty ? .nobody(reason: missing.joined(separator: "; ")) : .people(people)
    }

    private static func missing(_ role: Responsible.Role, _ site: Site?) -> String {
        site.map { "\($0.name) has no \(role.rawValue) person" }
            ?? "an alarm of no single site has no \(role.rawValue) person"
    }
}

extension Recipient {
    fileprivate init(_ person: Person, _ duty: Duty) {
        self.init(name: person.name, phone: person.phone, duty: duty)
    }

    fileprivate func isSamePerson(as other: Recipient) -> Bool { name == other.name && phone == other.phone }
}
