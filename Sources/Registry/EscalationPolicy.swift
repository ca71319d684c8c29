import Settings
package import Telemetry

/// Who hears of an alarm that nobody attends to, and when.
package struct EscalationPolicy: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case tiers
        case climb
        case stopOn = "stop_on"
        case repeatEvery = "repeat"
        case realarm
        case shelving = "shelve_at_most"
    }

    /// The keys of the policies file itself.
    package enum FileKey: String, SectionKey {
        case policies
        case specialPeriods = "special_periods"
    }

    /// The keys of `climb`, `realarm` and `shelve_at_most`.
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

    package var name: String
    /// From the nearest to the farthest.
    package var tiers: [String]
    /// For each priority, milliseconds from raise to each tier in turn; a shorter list stops climbing there.
    package var climb: [Priority: [Int64]]
    package var stopOn: Set<StopEvent>
    /// Milliseconds after which the highest tier reached is told again; nil is never.
    package var repeatEvery: Int64?
    /// Milliseconds after which an acknowledged alarm that is still active is unacknowledged again.
    package var realarm: [Priority: Int64]
    /// For how many milliseconds an alarm may be shelved; a priority without a time never.
    package var shelving: [Priority: Int64]

    package init(
        name: String, tiers: [String], climb: [Priority: [Int64]], stopOn: Set<StopEvent> = [.acknowledged],
        repeatEvery: Int64? = nil, realarm: [Priority: Int64] = [:], shelving: [Priority: Int64] = usualShelving
    ) {
        self.name = name
        self.tiers = tiers
        self.climb = climb
        self.stopOn = stopOn
        self.repeatEvery = repeatEvery
        self.realarm = realarm
        self.shelving = shelving
    }

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
