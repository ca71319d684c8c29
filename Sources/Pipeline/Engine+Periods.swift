import Alarms
import Escalation
import Registry
import Telemetry

/// Special periods (重点时段): while one lasts, alarms of its sites are raised with a higher priority, and climbs are faster.
/// It begins and ends by the wall clock, and what is raised afterwards is as usual again.
extension Engine {
    /// Where several hold, the strictest of each kind does.
    func tightened(_ priority: Priority, at site: String) -> Priority {
        priority.raised(by: periods(at: site).map(\.prioritySteps).max() ?? 0)
    }

    func hastened(_ policy: EscalationPolicy, at site: String) -> EscalationPolicy {
        guard let factor = periods(at: site).map(\.climbFactor).min(), factor < 1 else { return policy }
        return policy.hastened(by: factor)
    }

    /// Alarms of the node itself know no periods.
    private func periods(at name: String) -> [SpecialPeriod] {
        guard !periodsInForce.isEmpty, site(name) != nil else { return [] }
        return periodsInForce.filter { $0.covers(name) }
    }

    /// Takes up where the record leaves off: a period that began or ended meanwhile is noted now.
    func restorePeriods(_ recorded: [String], at now: Instant) {
        periodsInForce = options.specialPeriods.filter { recorded.contains($0.name) }
        // One that was taken out of the configuration has ended with it.
        for name in recorded where !periodsInForce.contains(where: { $0.name == name }) {
            note("hazard.period.ended.v1", data: Engine.data(ofPeriod: name, nil), at: now)
            effects.periods = periodsInForce.map(\.name)
        }
        followPeriods(at: now)
    }

    /// Begins and ends what the wall clock says.
    func followPeriods(at now: Instant) {
        let periods = options.specialPeriods
        guard !periods.isEmpty else { return }
        for period in periods {
            let isOn = period.times.contains(now.wall)
            let wasOn = periodsInForce.contains { $0.name == period.name }
            if isOn, !wasOn {
                periodsInForce.append(period)
                note("hazard.period.began.v1", data: Engine.data(ofPeriod: period.name, period), at: now)
            } else if !isOn, wasOn {
                periodsInForce.removeAll { $0.name == period.name }
                note("hazard.period.ended.v1", data: Engine.data(ofPeriod: period.name, period), at: now)
            } else {
                continue
            }
            effects.periods = periodsInForce.map(\.name)
        }
        hastenClimbs(at: now)
        let next = periods.flatMap { [$0.times.lowerBound, $0.times.upperBound] }.filter { $0 > now.wall }.min()
        guard let next else { return }
        periodDeadline = now.monotonic + next - now.wall
        schedule(.periods(deadline: periodDeadline), at: periodDeadline)
    }

    /// Climbs and re-alarms under way go on at the pace that now holds; what was waited for already is not waited for
    /// again, and no wait becomes longer.
    func hastenClimbs(at now: Instant) {
        guard !isRestoring, !options.specialPeriods.isEmpty else { return }
        for episode in climbs.episodes {
            guard var climb = climbs[episode], let alarm = alarms[episode] else { continue }
            let changed = climb.hasten(to: policy(of: alarm), alarm.priority, now: now.wall)
            climbs.update(climb, of: episode, at: now)
            for task in changed { effects.keep(task) }
            if !changed.isEmpty { scheduleClimb(episode, at: now) }
        }
        for var alarm in alarms.values.sorted(by: { $0.episode < $1.episode }) {
            guard let realarmAt = alarm.realarmAt, let wait = realarmWait(alarm), realarmAt > now.wall + wait else {
                continue
            }
            alarm.realarmAt = now.wall + wait
            store(alarm)
            schedule(.realarm(alarm.episode, dueAt: now.wall + wait), at: now.monotonic + wait)
        }
    }

    private static func data(ofPeriod name: String, _ period: SpecialPeriod?) -> String {
        var json = JSONText()
        json.member("period", name)
        if let period {
            json.member("name", period.title)
            json.member("from", period.times.lowerBound)
            json.member("to", period.times.upperBound)
            json.member("priority_steps", Int64(period.prioritySteps))
            json.member("climb_factor", period.climbFactor)
            json.member("sites", json: "[\(period.sites.sorted().map { "\"\($0)\"" }.joined(separator: ","))]")
        }
        return json.object
    }
}
