import Alarms
import Escalation
import Registry
import Telemetry

extension Engine {
    /// The policy in force for an alarm that is raised now.
    func policy(_ subject: AlarmSubject) -> EscalationPolicy {
        hastened(usualPolicy(subject), at: subject.site)
    }

    /// The policy that an alarm's episode was born under, at the pace that special periods give it now: what somebody was
    /// promised when it was raised does not change with a configuration.
    func policy(of alarm: Alarm) -> EscalationPolicy {
        hastened(
            (birthPolicies[alarm.episode] ?? usualPolicy(alarm.subject))
                .graded(options.grades.grade(site: alarm.subject.site, source: alarm.source)), at: alarm.subject.site)
    }

    private func usualPolicy(_ subject: AlarmSubject) -> EscalationPolicy {
        options.policies[site(subject.site)?.policy ?? "default"] ?? .standard
    }

    /// An episode begins: it keeps the policy in force.
    func freezePolicy(of alarm: Alarm) {
        let policy = usualPolicy(alarm.subject)
        birthPolicies[alarm.episode] = policy
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
        guard !isSuperseded(alarm) else { return }
        stopClimb(alarm, at: now)
        let climb = Climb(
            episode: alarm.episode, subject: alarm.subject.description, priority: alarm.priority,
            policy: policy(of: alarm), raisedAt: now.wall, random: &random)
        climbs[alarm.episode] = climb
        for task in climb.tasks {
            taskEpisodes[task.id] = alarm.episode
            keep(task, of: alarm.subject.site, at: now)
        }
        scheduleClimb(alarm.episode, at: now)
    }

    /// - Parameter cause: why, where the alarm's own state does not say it.
    func stopClimb(_ alarm: Alarm, cause: String? = nil, at now: Instant) {
        guard var climb = climbs.removeValue(forKey: alarm.episode) else { return }
        if let front = climb.front { fronts.remove(front) }
        var alarm = alarm
        if let cause { alarm.cause = cause }
        for task in climb.cancel() {
            taskEpisodes[task.id] = nil
            keep(task, of: alarm.subject.site, at: now)
            if task.state == .cancelled { tell(.cancelled, task, alarm, at: now) }
        }
        climbTexts[alarm.episode] = nil
        followDeadLetters(at: now)
    }

    /// Announces what has fallen due.
    func advanceClimb(_ episode: ULID, dueAt: Int64, at now: Instant) {
        guard var climb = climbs[episode], climb.nextDue == dueAt, let subject = episodes[episode],
            let alarm = alarms[subject]
        else { return }
        let step = climb.advance(to: max(now.wall, dueAt)) { audience(of: $0, alarm, at: now).emptiness }
        climbs[episode] = climb
        for task in step.changed { keep(task, of: subject.site, at: now) }
        for task in step.skipped { tell(.failed, task, alarm, comment: task.note, at: now) }
        for task in step.announced { tell(.due, task, alarm, at: now) }
        if !step.announced.isEmpty { followDeadLetters(at: now) }
        scheduleClimb(episode, at: now)
    }

    /// What happens to a task, as its event says.
    enum TaskNews: String {
        case due, done, failed, cancelled
        case deadLettered = "dead_lettered"
    }

    func tell(
        _ news: TaskNews, _ task: EscalationTask, _ alarm: Alarm, actor: String? = nil, comment: String? = nil,
        at now: Instant
    ) {
        emit(
            "hazard.escalation.\(news.rawValue).v1", site: alarm.subject.site, subject: task.subject,
            route: news == .due ? route(task.tier, alarm.subject.site) : nil,
            data: text(of: alarm).json(
                actor: actor, comment: comment, tier: task.tier, escalation: task.id,
                recipients: news == .due ? recipients(of: task.tier, alarm, withPhones: false, at: now) : nil),
            at: now)
    }

    /// What every announcement and claim of an alarm's climb says of it, written once for as long as it stays as it is.
    func text(of alarm: Alarm) -> AlarmText {
        if let known = climbTexts[alarm.episode], known.alarm == alarm { return known.text }
        let text = AlarmText(alarm)
        climbTexts[alarm.episode] = (alarm, text)
        return text
    }

    /// Whom an escalation to a tier means now. Neither grade nor special period changes that, so that the policy need not be
    /// brought to their pace.
    private func audience(of tier: String, _ alarm: Alarm, at now: Instant) -> TierAudience {
        let policy = birthPolicies[alarm.episode] ?? usualPolicy(alarm.subject)
        return options.duty.recipients(tier: tier, policy: policy, site: site(alarm.subject.site), at: now.wall)
    }

    /// The same as a JSON list; nil where the policy leaves it to whoever serves the tier. Telephone numbers go to those who
    /// claim, and to nobody else.
    func recipients(of tier: String, _ alarm: Alarm, withPhones: Bool, at now: Instant) -> String? {
        let audience = audience(of: tier, alarm, at: now)
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
        let area = site(siteName)?.area ?? []
        return ([tier] + area + [siteName]).joined(separator: "/")
    }

    func scheduleClimb(_ episode: ULID, at now: Instant) {
        guard let dueAt = climbs[episode]?.nextDue else { return }
        schedule(.climb(episode, dueAt: dueAt), at: now.monotonic + max(0, dueAt - now.wall))
    }
}
