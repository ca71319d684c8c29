import Alarms
import Escalation
import Registry
import Telemetry

extension Engine {
    /// The policy in force for an alarm that is raised now.
    func policy(_ subject: AlarmSubject) -> EscalationPolicy {
        hastened(usualPolicy(at: subject.site), at: subject.site)
    }

    /// The policy that an alarm's episode was born under, at the pace that special periods give it now: what somebody was
    /// promised when it was raised does not change with a configuration.
    func policy(of alarm: Alarm) -> EscalationPolicy {
        hastened(
            (birthPolicies[alarm.episode]?.policy ?? usualPolicy(at: alarm.subject.site))
                .graded(options.grades.grade(site: alarm.subject.site, source: alarm.source)), at: alarm.subject.site)
    }

    private func usualPolicy(at siteName: String) -> EscalationPolicy {
        options.policies[site(siteName)?.policy ?? "default"] ?? .standard
    }

    /// An episode begins: it keeps the policy in force.
    func freezePolicy(of alarm: Alarm) {
        let policy = usualPolicy(at: alarm.subject.site)
        birthPolicies[alarm.episode] = FrozenPolicy(policy)
        effects.policies.updateValue(policy, forKey: alarm.episode)
    }

    func forgetPolicy(of episode: ULID) {
        guard birthPolicies.removeValue(forKey: episode) != nil else { return }
        effects.policies.updateValue(nil, forKey: episode)
    }

    /// Starts, stops or leaves the climb as the alarm's change and its policy say.
    func followClimb(_ alarm: Alarm, _ transition: AlarmMachine.Transition, at now: Instant) {
        let kinds = transition.announcements
        let stopOn = policy(of: alarm).stopOn(alarm.priority)
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
        guard !isSuperseded(alarm), let place = alarms.place(of: alarm.episode) else { return }
        stopClimb(alarm, at: now)
        let climb = Climb(
            episode: alarm.episode, subject: alarm.subject.description, priority: alarm.priority,
            policy: policy(of: alarm), raisedAt: now.wall, random: &random)
        climbs.begin(climb, of: alarm.episode, site: alarm.subject.site, mark: place)
        for task in climb.tasks { effects.keep(task) }
        scheduleClimb(alarm.episode, at: now)
    }

    /// - Parameter cause: why, where the alarm's own state does not say it.
    func stopClimb(_ alarm: Alarm, cause: String? = nil, at now: Instant) {
        guard var climb = climbs.end(alarm.episode) else { return }
        var alarm = alarm
        if let cause { alarm.cause = cause }
        let text = AlarmText(alarm)
        for task in climb.cancel() {
            effects.keep(task)
            if task.state == .cancelled { tell(.cancelled, task, at: alarm.subject.site, text, at: now) }
        }
        alarms.forgetText(of: alarm.episode)
        followDeadLetters(at: now)
    }

    /// Announces what has fallen due.
    func advanceClimb(_ episode: ULID, dueAt: Int64, at now: Instant) {
        guard var climb = climbs[episode], climb.nextDue == dueAt, let place = alarms.place(of: episode),
            let subject = alarms[place]?.subject, let text = alarms.text(at: place)
        else { return }
        let step = climb.advance(to: max(now.wall, dueAt)) { tier in
            audience(of: tier, episode, at: subject.site, now).emptiness
        }
        climbs.update(climb, of: episode, at: now)
        for task in step.changed { effects.keep(task) }
        for task in step.skipped { tell(.failed, task, at: subject.site, text, comment: task.note, at: now) }
        for task in step.announced { tell(.due, task, at: subject.site, text, at: now) }
        if !step.announced.isEmpty { followDeadLetters(at: now) }
        scheduleClimb(episode, at: now)
    }

    /// What happens to a task, as its event says.
    enum TaskNews: String {
        case due, done, failed, cancelled
        case deadLettered = "dead_lettered"
    }

    /// - Parameter text: what is said of the alarm.
    func tell(
        _ news: TaskNews, _ task: EscalationTask, at siteName: String, _ text: AlarmText, actor: String? = nil,
        comment: String? = nil, at now: Instant
    ) {
        let isDue = news == .due
        emit(
            "hazard.escalation.\(news.rawValue).v1", site: siteName, subject: task.subject,
            route: isDue ? route(task.tier, siteName) : nil,
            data: text.object(
                actor: actor, comment: comment, tier: task.tier, escalation: task.id,
                recipients: isDue ? recipients(of: task, at: siteName, withPhones: false, now) : nil),
            at: now)
    }

    /// Whom an escalation to a tier means now. Neither grade nor special period changes that, so that the policy need not be
    /// brought to their pace.
    private func audience(
        of tier: String, _ episode: ULID, at siteName: String, _ now: Instant
    ) -> TierAudience {
        let frozen = birthPolicies[episode] ?? FrozenPolicy(usualPolicy(at: siteName))
        // What the plan would say; most policies name nobody, and the site need not be looked up then.
        guard frozen.policy.notify[tier] != nil else { return .unnamed }
        return options.duty.recipients(tier: tier, policy: frozen.policy, site: site(siteName), at: now.wall)
    }

    /// The same as a JSON list; nil where the policy leaves it to whoever serves the tier. Telephone numbers go to those who
    /// claim, and to nobody else.
    func recipients(
        of task: EscalationTask, at siteName: String, withPhones: Bool, _ now: Instant
    ) -> String? {
        let audience = audience(of: task.tier, task.episode, at: siteName, now)
        guard audience != .unnamed else { return nil }
        let list = audience.recipients.map { recipient in
            var json = JSONText()
            json.member("name", recipient.name)
            if withPhones { json.member("phone", recipient.phone) }
            json.member("duty", recipient.duty.description)
            return json.object
        }
        return "[\(list.joined(separator: ","))]"
    }

    /// Where a tier is told of a site: the area's levels stand between, so that each county hears its own.
    private func route(_ tier: String, _ siteName: String) -> String {
        ([tier] + (areas[siteName] ?? []) + [siteName]).joined(separator: "/")
    }

    func scheduleClimb(_ episode: ULID, at now: Instant) {
        guard let dueAt = climbs[episode]?.nextDue else { return }
        schedule(.climb(episode, dueAt: dueAt), at: now.monotonic + max(0, dueAt - now.wall))
    }
}
