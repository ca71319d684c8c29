import Settings

/// Reads `notify` of a policy.
struct NotifyReader {
    /// A tier's entry and where it stands; whether each site has the persons it names is known once the registry is read.
    struct Claim {
        let policy: String
        let tier: String
        let targets: [NotifyTarget]
        let field: Field
    }

    let policy: String
    let tiers: [String]
    /// Names of rosters.
    let rosters: Set<String>

    func read(_ field: Field) -> [Claim] {
        (field.entries() ?? []).compactMap { tier, field in
            guard tiers.contains(tier) else {
                field.fault(
                    "is for \"\(tier)\", which is no tier of the policy", valid: tiers.joined(separator: ", "))
                return nil
            }
            let targets = targets(field)
            guard !targets.isEmpty else { return nil }
            return Claim(policy: policy, tier: tier, targets: targets, field: field)
        }
    }

    private func targets(_ field: Field) -> [NotifyTarget] {
        let valid = NotifyTarget.words.joined(separator: ", ") + ", {roster: NAME}"
        var targets: [NotifyTarget] = []
        for item in field.someItems(valid: "at least one of \(valid)") ?? [] {
            guard let target = target(item, valid: valid) else { continue }
            if targets.contains(target) { item.fault("repeats what stands before it", valid: "each once") }
            targets.append(target)
        }
        if targets.contains(.deputies), !targets.contains(where: \.isResponsible) {
            field.fault(
                "names deputies of nobody",
                valid: "deputies beside " + Responsible.Role.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return targets
    }

    private func target(_ field: Field, valid: String) -> NotifyTarget? {
        if case .mapping = field.value {
            let known =
                rosters.isEmpty ? "a roster, of which there is none yet" : rosters.sorted().joined(separator: ", ")
            guard let section = field.section(of: NotifyTarget.Key.self),
                let nameField = section.required(.roster, valid: known), let name = nameField.text(valid: known)
            else { return nil }
            guard rosters.contains(name) else {
                nameField.fault("is \"\(name)\", which no roster is called", valid: known)
                return nil
            }
            return .roster(name)
        }
        guard let word = field.text(valid: valid) else { return nil }
        guard let target = NotifyTarget(word: word) else {
            field.fault("is \"\(word)\"", valid: valid)
            return nil
        }
        return target
    }
}

extension NotifyReader.Claim {
    /// Tells of sites that do not have any of the persons that it names, where no roster stands beside them: the tier
    /// would be passed over.
    func check(_ sites: [Site]) {
        let roles = targets.compactMap { target -> Responsible.Role? in
            if case .responsible(let role) = target { role } else { nil }
        }
        guard roles.count == targets.filter({ $0 != .deputies }).count else { return }
        let lacking = sites.filter { site in
            site.policy == policy && roles.allSatisfy { site.responsible?[$0] == nil }
        }
        guard let first = lacking.first else { return }
        let others = lacking.count == 1 ? "" : " and \(lacking.count - 1) more"
        field.log.note(
            Fault(
                file: field.file.name, line: field.line,
                message: "\(field.path) names \(roles.map(\.rawValue).joined(separator: ", ")), whom \(first.name)"
                    + "\(others) does not have under responsible: the tier is passed over there"))
    }
}

extension NotifyTarget {
    fileprivate var isResponsible: Bool {
        if case .responsible = self { true } else { false }
    }
}
