import Alarms
import Escalation
import Registry
import Telemetry

extension Engine {
    func policy(_ subject: AlarmSubject) -> EscalationPolicy {
        let usual = options.policies[site(subject.site)?.policy ?? "default"] ?? .standard
        return hastened(usual, at: subject.site)
    }

    /// Starts, stops or leaves the climb as the alarm's change and its policy say.
    func followClimb(_ alarm: Alarm, _ transition: AlarmMachine.Transition, at now: Instant) {
        let kinds = transition.announcements
        let stopOn = policy(alarm.subject).stopOn
        if alarm.state == .normal {
            stopClimb(alarm, at: now)
        } else if transition.startsClimb {
            stopClimb(alarm, at: now)
            if alarm.suppression == .none { startClimb(alarm, at: now) }
        } else if kinds.contains(.raised), climbs[alarm.episode] == nil, alarm.suppression == .none {
            startClimb(alarm, at: now)
        } else if (kinds.contains(.acknowledged) && stopOn.contains(.acknowledged))
            || (kinds.contains(.returned) && stopOn.contains(.returned))
        {
            stopClimb(alarm, at: now)
        }
    }

    func startClimb(_ alarm: Alarm, at now: Instant) {
        guard !isSuperseded(alarm) else { return }
        stopClimb(alarm, at: now)
        let climb = Climb(
            episode: alarm.episode, subject: alarm.subject.description, priority: alarm.priority,
            policy: policy(alarm.subject), raisedAt: now.wall, random: &random)
        for task in climb.tasks { effects.tasks[task.id] = task }
        climbs[alarm.episode] = climb
        scheduleClimb(alarm.episode, at: now)
    }

    /// - Parameter cause: why, where the alarm's own state does not say it.
    func stopClimb(_ alarm: Alarm, cause: String? = nil, at now: Instant) {
        guard var climb = climbs.removeValue(forKey: alarm.episode) else { return }
        var alarm = alarm
        if let cause { alarm.cause = cause }
        for task in climb.cancel() {
            effects.tasks[task.id] = task
            emit(
                "hazard.escalation.cancelled.v1", site: alarm.subject.site, subject: task.subject,
                data: alarm.json(tier: task.tier), at: now)
        }
    }

    /// Announces what has fallen due.
    func advanceClimb(_ episode: ULID, dueAt: Int64, at now: Instant) {
        guard var climb = climbs[episode], climb.nextDue == dueAt, let subject = episodes[episode],
            let alarm = alarms[subject]
        else { return }
        let step = climb.advance(to: max(now.wall, dueAt))
        climbs[episode] = climb
        for task in step.changed { effects.tasks[task.id] = task }
        for task in step.announced {
            emit(
                "hazard.escalation.due.v1", site: subject.site, subject: task.subject,
                route: route(task.tier, subject.site), data: alarm.json(tier: task.tier), at: now)
        }
        scheduleClimb(episode, at: now)
    }

    /// Where a tier is told of a site: the area's levels stand between, so that each county hears its own.
    private func route(_ tier: String, _ siteName: String) -> String {
        let area = site(siteName)?.area ?? []
        return ([tier] + area + [siteName]).joined(separator: "/")
    }

    func scheduleClimb(_ episode: ULID, at now: Instant) {
        guard let dueAt = climbs[episode]?.nextDue else { return }
        schedule(.climb(episode, dueAt: dueAt), at: now.monotonic + max(0, dueAt - now.wall))
    }
}
