package import Registry
package import Telemetry

/// What would follow if nobody acted: the climb itself, run ahead of the clock. It tells nobody.
package struct ClimbForecast: Sendable {
    /// The most entries of a forecast; a policy may repeat every second.
    package static let mostEntries = 1_000

    /// In order of time; at one instant the nearest tier first.
    package private(set) var entries: [ForecastEntry] = []
    /// Whether there is more within the time asked for than the entries tell.
    package private(set) var isCut = false

    private let policy: EscalationPolicy
    private let priority: Priority
    private let site: Site?
    /// Those that concern the site.
    private let periods: [SpecialPeriod]
    private let duty: DutyPlan

    /// What follows the raise of an alarm.
    /// - Parameters:
    ///   - priority: as the alarm is raised; what special periods add is in it already.
    ///   - grade: of the alarm's hazard source by GB 18218; nil where it has none.
    ///   - site: nil for alarms of no single site, which know no special periods.
    ///   - raisedAt: UTC milliseconds, as `end`, the last instant of interest.
    package init(
        policy: EscalationPolicy, priority: Priority, grade: Int?, site: Site?, raisedAt: Int64,
        periods: [SpecialPeriod], duty: DutyPlan, until end: Int64
    ) {
        self.init(policy.graded(grade), priority, site, periods, duty)
        var random = RandomState(seed: 0)
        let climb = Climb(
            episode: ULID(high: 0, low: 0), subject: "", priority: priority, policy: pace(at: raisedAt),
            raisedAt: raisedAt, random: &random)
        run(climb, from: raisedAt, until: end)
    }

    /// What follows from a climb under way.
    /// - Parameters:
    ///   - tasks: the episode's, as they are stored.
    ///   - now: UTC milliseconds; what fell due before it is told now.
    package init(
        resuming tasks: [EscalationTask], policy: EscalationPolicy, priority: Priority, grade: Int?, site: Site?,
        now: Int64, periods: [SpecialPeriod], duty: DutyPlan, until end: Int64
    ) {
        self.init(policy.graded(grade), priority, site, periods, duty)
        run(Climb(resuming: tasks, policy: pace(at: now)), from: now, until: end)
    }

    private init(
        _ policy: EscalationPolicy, _ priority: Priority, _ site: Site?, _ periods: [SpecialPeriod], _ duty: DutyPlan
    ) {
        self.policy = policy
        self.priority = priority
        self.site = site
        self.periods = site.map { site in periods.filter { $0.covers(site.name) } } ?? []
        self.duty = duty
    }

    /// The policy as the special periods of an instant have it.
    private func pace(at instant: Int64) -> EscalationPolicy {
        let factor = periods.filter { $0.times.contains(instant) }.map(\.climbFactor).min() ?? 1
        return factor < 1 ? policy.hastened(by: factor) : policy
    }

    private mutating func run(_ climb: Climb, from start: Int64, until end: Int64) {
        var climb = climb
        let borders = Set(periods.flatMap { [$0.times.lowerBound, $0.times.upperBound] }).sorted()
        var ahead = borders.filter { $0 > start && $0 <= end }[...]
        while let due = climb.nextDue {
            let now = max(due, start)
            // A period that begins in the instant in which a tier falls due begins first.
            if let border = ahead.first, border <= now {
                ahead.removeFirst()
                _ = climb.hasten(to: pace(at: border), priority, now: border)
                continue
            }
            guard now <= end else { return }
            let step = climb.advance(to: now) { audience($0, at: now).emptiness }
            let told = (step.skipped + step.announced).sorted { $0.step < $1.step }
            // What changes nothing would go on for ever.
            if told.isEmpty, climb.nextDue == due { return }
            for task in told {
                guard entries.count < ClimbForecast.mostEntries else {
                    isCut = true
                    return
                }
                entries.append(
                    ForecastEntry(
                        time: now, tier: task.tier, step: task.step, announcement: task.announcements,
                        audience: audience(task.tier, at: now)))
            }
        }
    }

    private func audience(_ tier: String, at instant: Int64) -> TierAudience {
        duty.recipients(tier: tier, policy: policy, site: site, at: instant)
    }
}
