import Settings
import Telemetry

/// Reads `policies.yaml`: policies, when they are tightened, and who is on duty.
///
/// A key left out of a policy takes the standard policy's value, cut to the policy's own number of tiers.
/// `climb` does so for each priority by itself, and so does `stop_on` where it is a mapping; `realarm` and
/// `shelve_at_most`, once written, hold for the priorities they name.
struct PolicyReader {
    /// Rosters that `notify` can name.
    private let rosters: Set<String>
    private var file = PolicyFile()

    private init(rosters: Set<String>) {
        self.rosters = rosters
    }

    /// - Parameter timeZone: of rosters that name none.
    static func read(_ root: Field, timeZone: String?) -> PolicyFile {
        let section = root.section(of: EscalationPolicy.FileKey.self)
        var rosterReader = RosterReader(people: section?[.people], timeZone: timeZone)
        let rosters = section?[.rosters].map { rosterReader.read($0) } ?? [:]
        let periods = section?[.specialPeriods]
        let named =
            periods == nil
            ? section?.required(.policies, valid: "a mapping from policy name to policy") : section?[.policies]
        var reader = PolicyReader(rosters: Set(rosters.keys))
        if let named { reader.readPolicies(named) }
        reader.file.periods = periods.map { SpecialPeriodReader.read($0) } ?? []
        reader.file.duty = DutyPlan(rosters: rosters)
        return reader.file
    }

    /// Reads the mapping from policy name to policy itself, where there are no rosters.
    static func read(policies field: Field) -> [String: EscalationPolicy] {
        var reader = PolicyReader(rosters: [])
        reader.readPolicies(field)
        return reader.file.policies
    }

    private mutating func readPolicies(_ field: Field) {
        for (name, field) in field.entries() ?? [] {
            guard NameRule.isName(name) else {
                field.fault("has the name \"\(name)\"", valid: NameRule.nameForm)
                continue
            }
            if let section = field.section(of: EscalationPolicy.Key.self) {
                file.policies[name] = policy(name, section)
            }
        }
    }

    private mutating func policy(_ name: String, _ section: Section<EscalationPolicy.Key>) -> EscalationPolicy {
        var policy = EscalationPolicy.standard
        policy.name = name
        policy.tiers = section[.tiers].map { Self.tiers($0) } ?? policy.tiers
        policy.climb = policy.climb.mapValues { Array($0.prefix(policy.tiers.count)) }
        if let field = section[.climb] {
            policy.climb.merge(Self.climbs(field, tiers: policy.tiers.count)) { _, own in own }
        }
        if let field = section[.grades] { policy.grades = Self.grades(field, tiers: policy.tiers.count) }
        if let field = section[.notify] {
            let claims = NotifyReader(policy: name, tiers: policy.tiers, rosters: rosters).read(field)
            policy.notify = Dictionary(claims.map { ($0.tier, $0.targets) }, uniquingKeysWith: { first, _ in first })
            file.notified += claims
        }
        if let field = section[.stopOn] {
            if case .mapping = field.value {
                for (priority, field) in Self.priorities(field) {
                    policy.stopOnByPriority[priority] = Self.stopEvents(field)
                }
            } else {
                policy.stopOn = Self.stopEvents(field)
            }
        }
        if let field = section[.repeatEvery] {
            let milliseconds = field.duration() ?? 0
            policy.repeatEvery = milliseconds > 0 ? milliseconds : nil
        }
        if let field = section[.realarm] { policy.realarm = Self.times(field) }
        if let field = section[.shelving] { policy.shelving = Self.times(field) }
        return policy
    }

    /// Times from raise to each tier, by grade and priority.
    private static func grades(_ field: Field, tiers: Int) -> [Int: [Priority: [Int64]]] {
        guard let section = field.section(of: EscalationPolicy.GradeKey.self) else { return [:] }
        var grades: [Int: [Priority: [Int64]]] = [:]
        for key in EscalationPolicy.GradeKey.allCases {
            if let field = section[key] { grades[key.grade] = climbs(field, tiers: tiers) }
        }
        return grades
    }

    private static func climbs(_ field: Field, tiers: Int) -> [Priority: [Int64]] {
        var climbs: [Priority: [Int64]] = [:]
        for (priority, field) in priorities(field) { climbs[priority] = climb(field, tiers: tiers) }
        return climbs
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
