import Settings
package import Telemetry

/// Who hears of an alarm that nobody attends to, and when.
package struct EscalationPolicy: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case tiers
        case climb
        case grades
        case notify
        case stopOn = "stop_on"
        case repeatEvery = "repeat"
        case realarm
        case shelving = "shelve_at_most"
    }

    /// The keys of the policies file itself.
    package enum FileKey: String, SectionKey {
        case policies
        case specialPeriods = "special_periods"
        case people
        case rosters
    }

    /// The keys of `climb`, `stop_on`, `realarm` and `shelve_at_most`.
    package enum PriorityKey: String, SectionKey {
        case critical, high, medium, low

        var priority: Priority {
            switch self {
            case .critical: .critical
            case .high: .high
            case .medium: .medium
            case .low: .low
            }
        }
    }

    /// The keys of `grades`: hazard grades by GB 18218, the gravest first.
    package enum GradeKey: String, SectionKey {
        case first = "1"
        case second = "2"
        case third = "3"
        case fourth = "4"

        var grade: Int {
            switch self {
            case .first: 1
            case .second: 2
            case .third: 3
            case .fourth: 4
            }
        }
    }

    package var name: String
    /// From the nearest to the farthest.
    package var tiers: [String]
    /// For each priority, milliseconds from raise to each tier in turn; a shorter list stops climbing there.
    package var climb: [Priority: [Int64]]
    /// The same for alarms of hazard sources of a GB 18218 grade; what is not named here is as in `climb`.
    package var grades: [Int: [Priority: [Int64]]]
    /// Who of a tier is told by name; a tier that is not named leaves that to whoever serves it.
    package var notify: [String: [NotifyTarget]]
    /// What ends an escalation, for priorities that have nothing of their own.
    package var stopOn: Set<StopEvent>
    /// What ends an escalation of a priority instead.
    package var stopOnByPriority: [Priority: Set<StopEvent>]
    /// Milliseconds after which the highest tier reached is told again; nil is never.
    package var repeatEvery: Int64?
    /// Milliseconds after which an acknowledged alarm that is still active is unacknowledged again.
    package var realarm: [Priority: Int64]
    /// For how many milliseconds an alarm may be shelved; a priority without a time never.
    package var shelving: [Priority: Int64]

    package init(
        name: String, tiers: [String], climb: [Priority: [Int64]], grades: [Int: [Priority: [Int64]]] = [:],
        notify: [String: [NotifyTarget]] = [:], stopOn: Set<StopEvent> = [.acknowledged],
        stopOnByPriority: [Priority: Set<StopEvent>] = [:], repeatEvery: Int64? = nil,
        realarm: [Priority: Int64] = [:], shelving: [Priority: Int64] = usualShelving
    ) {
        self.name = name
        self.tiers = tiers
        self.climb = climb
        self.grades = grades
        self.notify = notify
        self.stopOn = stopOn
        self.stopOnByPriority = stopOnByPriority
        self.repeatEvery = repeatEvery
        self.realarm = realarm
        self.shelving = shelving
    }

    /// Milliseconds from raise to each tier in turn.
    /// - Parameter grade: of the alarm's hazard source by GB 18218; nil where it has none.
    package func waits(_ priority: Priority, grade: Int?) -> [Int64] {
        grade.flatMap { grades[$0]?[priority] } ?? climb[priority] ?? []
    }

    /// The policy as it is for alarms of hazard sources of a grade, with these waits in `climb`.
    package func graded(_ grade: Int?) -> EscalationPolicy {
        guard let grade, let waits = grades[grade] else { return self }
        var policy = self
        policy.climb.merge(waits) { _, own in own }
        return policy
    }

    /// What ends an escalation.
    package func stopOn(_ priority: Priority) -> Set<StopEvent> { stopOnByPriority[priority] ?? stopOn }

    /// Where no policy says otherwise: a working shift, and less the more urgent an alarm is.
    package static let usualShelving: [Priority: Int64] = [
        .critical: 60 * minute, .high: 4 * 60 * minute, .medium: 8 * 60 * minute, .low: 24 * 60 * minute,
    ]

    /// What applies where no policies file says otherwise, under the name `default`.
    package static let standard = EscalationPolicy(
        name: "default",
        tiers: ["enterprise", "township", "county", "city"],
        climb: [
            .critical: [0, 5 * minute, 15 * minute, 30 * minute],
            .high: [0, 15 * minute, 60 * minute, 240 * minute],
            .medium: [0, 240 * minute],
            .low: [0],
        ],
        stopOn: [.acknowledged],
        repeatEvery: 10 * minute,
        realarm: [.critical: 30 * minute, .high: 120 * minute])

    private static let minute: Int64 = 60_000
}
