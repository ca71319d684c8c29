import Settings
package import Telemetry

/// A special period (重点时段), such as a holiday or a congress: alarms count for more and climb faster while it lasts.
package struct SpecialPeriod: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case title = "name"
        case from, to
        case sites
        case prioritySteps = "priority_steps"
        case climbFactor = "climb_factor"
    }

    package var name: String
    package var title: BilingualText
    /// UTC milliseconds; the end belongs to it no more.
    package var times: Range<Int64>
    /// Empty for every site.
    package var sites: Set<String>
    /// By how many steps an alarm raised meanwhile is more urgent, but not beyond critical.
    package var prioritySteps: UInt8
    /// What the waits of climb, repeat and re-alarm are multiplied by, above 0 and at most 1.
    package var climbFactor: Double

    package init(
        name: String, title: BilingualText = BilingualText(), times: Range<Int64>, sites: Set<String> = [],
        prioritySteps: UInt8 = 1, climbFactor: Double = 0.5
    ) {
        self.name = name
        self.title = title
        self.times = times
        self.sites = sites
        self.prioritySteps = prioritySteps
        self.climbFactor = climbFactor
    }

    /// Whether it concerns a site.
    package func covers(_ site: String) -> Bool { sites.isEmpty || sites.contains(site) }
}

extension EscalationPolicy {
    /// The policy with its waits multiplied by a factor: when each tier is told, when the highest is told again, and when
    /// an acknowledged alarm is raised again. For how long may be shelved stays as it is.
    package func hastened(by factor: Double) -> EscalationPolicy {
        func hasten(_ wait: Int64) -> Int64 { Int64((Double(wait) * factor).rounded()) }
        var policy = self
        policy.climb = climb.mapValues { $0.map(hasten) }
        policy.grades = grades.mapValues { $0.mapValues { $0.map(hasten) } }
        policy.repeatEvery = repeatEvery.map(hasten).map { max($0, 1_000) }
        policy.realarm = realarm.mapValues { max(hasten($0), 1_000) }
        return policy
    }
}
