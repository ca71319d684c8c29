import Settings
import Telemetry

/// Reads `policies.yaml`: policies, and when they are tightened.
///
/// A key left out of a policy takes the standard policy's value, cut to the policy's own number of tiers.
/// `climb` does so for each priority by itself; `realarm` and `shelve_at_most`, once written, hold for the priorities they
/// name.
enum PolicyReader {
    /// The policies by name, the standard one included unless the file has its own `default`.
    static func read(
        _ root: Field
    ) -> (policies: [String: EscalationPolicy], periods: [SpecialPeriodReader.Claim]) {
        let section = root.section(of: EscalationPolicy.FileKey.self)
        let periods = section?[.specialPeriods]
        let named =
            periods == nil
            ? section?.required(.policies, valid: "a mapping from policy name to policy") : section?[.policies]
        return (
            named.map { read(policies: $0) } ?? ["default": .standard],
            periods.map { SpecialPeriodReader.read($0) } ?? []
        )
    }

    /// Reads the mapping from policy name to policy itself.
    static func read(policies field: Field) -> [String: EscalationPolicy] {
        var policies = ["default": EscalationPolicy.standard]
        for (name, field) in field.entries() ?? [] {
            guard NameRule.isName(name) else {
                field.fault("has the name \"\(name)\"", valid: NameRule.nameForm)
                continue
            }
            if let section = field.section(of: EscalationPolicy.Key.self) {
                policies[name] = policy(name, section)
            }
        }
        return policies
    }

    private static func policy(_ name: String, _ section: Section<EscalationPolicy.Key>) -> EscalationPolicy {
        var policy = EscalationPolicy.standard
        policy.name = name
        policy.tiers = section[.tiers].map { tiers($0) } ?? policy.tiers
        policy.climb = policy.climb.mapValues { Array($0.prefix(policy.tiers.count)) }
        for (priority, field) in section[.climb].map({ priorities($0) }) ?? [] {
            policy.climb[priority] = climb(field, tiers: policy.tiers.count)
        }
        policy.stopOn = section[.stopOn].map { stopEvents($0) } ?? policy.stopOn
        if let field = section[.repeatEvery] {
            let milliseconds = field.duration() ?? 0
            policy.repeatEvery = milliseconds > 0 ? milliseconds : nil
        }
        if let field = section[.realarm] { policy.realarm = times(field) }
        if let field = section[.shelving] { policy.shelving = times(field) }
        return policy
    }

    /// A time for each priority that has one above 0.
    private static func times(_ field: Field) -> [Priority: Int64] {
        var times: [Priority: Int64] = [:]
        for (priority, field) in priorities(field) {
            if let milliseconds = field.duration(), milliseconds > 0 { times[priority] = milliseconds }
        }
        return times
    }

    private static func tiers(_ field: Field) -> [String] {
        guard let items = field.items() else { return [] }
        if items.isEmpty {
            field.fault("is an empty list", valid: "at least one tier")
        }
        var tiers: [String] = []
        for item in items {
            guard let tier = item.name() else { continue }
            if tiers.contains(tier) {
                item.fault("repeats the tier \(tier)", valid: "each tier once")
            }
            tiers.append(tier)
        }
        return tiers
    }

    private static func climb(_ field: Field, tiers: Int) -> [Int64] {
        guard let items = field.items() else { return [] }
        if items.count > tiers {
            field.fault("has \(items.count) times for \(tiers) tiers", valid: "at most one time a tier")
        }
        var times: [Int64] = []
        for item in items {
            guard let time = item.duration() else { continue }
            if let last = times.last, time < last {
                item.fault("is earlier than the tier before it", valid: "times that do not fall")
            }
            times.append(time)
        }
        return times
    }

    private static func stopEvents(_ field: Field) -> Set<StopEvent> {
        guard let items = field.items() else { return [] }
        if items.isEmpty {
            field.fault("is an empty list", valid: "at least one of acknowledged, confirmed, returned")
        }
        return Set(items.compactMap { $0.choice(StopEvent.self) })
    }

    private static func priorities(_ field: Field) -> [(Priority, Field)] {
        guard let section = field.section(of: EscalationPolicy.PriorityKey.self) else { return [] }
        return EscalationPolicy.PriorityKey.allCases.compactMap { key in section[key].map { (key.priority, $0) } }
    }
}
