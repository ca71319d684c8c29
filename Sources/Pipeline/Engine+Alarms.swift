import Alarms
import Escalation
import Registry
package import Telemetry

extension Engine {
    /// Tells an alarm that its condition became true; without one, an episode begins.
    func raise(
        _ subject: AlarmSubject, priority usual: Priority, isLatching: Bool, context: AlarmContext, isSuppressed: Bool,
        at now: Instant, _ describe: (inout Alarm) -> Void
    ) {
        let priority = tightened(usual, at: subject.site)
        if alarms[subject] == nil {
            var alarm = newAlarm(subject, priority: priority, isLatching: isLatching, context: context, at: now)
            if isSuppressed { alarm.suppression = .suppressedByDesign }
            if let withdrawal = withdrawals[subject] { alarm = withdrawal.applied(to: alarm) }
            alarms[subject] = alarm
            freezePolicy(of: alarm)
        } else {
            alarms[subject]?.machine.isLatching = isLatching
            alarms[subject]?.priority = priority
            if isSuppressed, let alarm = alarms[subject], alarm.suppression == .none {
                alarms[subject]?.suppression = .suppressedByDesign
                stopClimb(alarm, at: now)
            }
        }
        change(subject, at: now, describe) { $0.activate() }
    }

    /// Tells an alarm that its condition became false.
    func lower(_ subject: AlarmSubject, at now: Instant, _ describe: (inout Alarm) -> Void = { _ in }) {
        guard let alarm = alarms[subject] else { return }
        let isUnseen = alarm.suppression != .none && !alarm.wasAnnounced
        change(subject, at: now, describe) { isUnseen ? $0.dismiss() : $0.deactivate() }
        // What has returned needs no other alarm to explain it any more.
        if alarms[subject]?.state.isActive == false { unsuppress(subject, at: now) }
    }

    /// A fresh episode, not yet raised.
    func newAlarm(
        _ subject: AlarmSubject, priority: Priority, isLatching: Bool, context: AlarmContext, at now: Instant
    ) -> Alarm {
        Alarm(
            subject: subject, episode: ULID(time: now.wall, random: &random),
            machine: AlarmMachine(isLatching: isLatching), priority: priority, source: context.source,
            point: context.point, unit: context.unit, receivedAt: now.wall, raisedAt: now.wall,
            consequence: context.consequence, action: context.action)
    }

    /// Moves an alarm by one event and records what follows: events, the climb, the re-alarm.
    /// - Returns: the alarm as it then stands, or nil where the event changes nothing.
    @discardableResult
    func change(
        _ subject: AlarmSubject, actor: String? = nil, comment: String? = nil, at now: Instant,
        _ describe: (inout Alarm) -> Void = { _ in }, by event: (inout AlarmMachine) -> AlarmMachine.Transition?
    ) -> Alarm? {
        guard var alarm = alarms[subject], let transition = event(&alarm.machine) else { return nil }
        describe(&alarm)
        alarm.receivedAt = now.wall
        if transition.startsClimb { alarm.confirmedAt = nil }
        followFirstOut(&alarm, wasRaised: transition.announcements.contains(.raised))
        if alarm.state.isActive, alarm.suppression == .none { alarm.wasAnnounced = true }
        alarm.realarmAt = alarm.state == .acknowledged ? realarmWait(alarm).map { now.wall + $0 } : nil
        if let realarmAt = alarm.realarmAt {
            schedule(
                .realarm(alarm.episode, dueAt: realarmAt), at: now.monotonic + (realarmAt - now.wall))
        }
        let isOver = alarm.state == .normal
        alarms[subject] = isOver ? nil : alarm
        if isOver { forgetPolicy(of: alarm.episode) }
        effects.alarms.updateValue(isOver ? nil : alarm, forKey: subject)
        for kind in transition.announcements { announce(kind, alarm, actor: actor, comment: comment, at: now) }
        hold(alarm, transition, at: now)
        followClimb(alarm, transition, at: now)
        followMilder(than: subject, at: now)
        return alarm
    }

    func announce(
        _ kind: AlarmEventKind, _ alarm: Alarm, actor: String? = nil, comment: String? = nil, at now: Instant
    ) {
        emit(
            kind.type, site: alarm.subject.site, subject: alarm.subject.description,
            data: AlarmText(alarm).object(actor: actor, comment: comment), at: now)
        countAnnunciation(kind, alarm, at: now)
    }

    /// Appends an event to the node's log.
    func emit(_ type: String, site: String, subject: String, route: String? = nil, data: JSONText, at now: Instant) {
        lastSequence += 1
        let previous = lastSequenceBySite.updateValue(lastSequence, forKey: site)
        effects.events.append(
            Event(
                node: options.node, sequence: lastSequence, previous: previous,
                id: ULID(time: now.wall, random: &random), type: type, site: site, subject: subject, time: now.wall,
                route: route, data: data))
    }

    /// Hides an alarm because one above it explains it.
    func suppress(_ subject: AlarmSubject, cause: String, at now: Instant) {
        guard var alarm = alarms[subject], alarm.suppression == .none, alarm.state != .normal else { return }
        alarm.suppression = .suppressedByDesign
        alarm.cause = cause
        hide(alarm, .suppressed, at: now)
    }

    /// Shows an alarm again: the state that holds is announced, and escalates.
    func unsuppress(_ subject: AlarmSubject, at now: Instant) {
        guard var alarm = alarms[subject], alarm.suppression == .suppressedByDesign else { return }
        alarm.suppression = .none
        show(alarm, .unsuppressed, at: now)
    }

    /// Keeps an alarm that has just been suppressed from annunciation, and says so.
    func hide(
        _ alarm: Alarm, _ kind: AlarmEventKind, actor: String? = nil, comment: String? = nil, at now: Instant
    ) {
        store(alarm)
        stopClimb(alarm, at: now)
        announce(kind, alarm, actor: actor, comment: comment, at: now)
        followMilder(than: alarm.subject, at: now)
    }

    /// Shows an alarm of which a suppression has just ended: the state that holds is announced, and escalates unless
    /// another suppression remains.
    /// - Returns: the alarm as it then stands.
    @discardableResult
    func show(
        _ alarm: Alarm, _ kind: AlarmEventKind, actor: String? = nil, comment: String? = nil, at now: Instant
    ) -> Alarm {
        var alarm = alarm
        if alarm.suppression == .none { alarm.wasAnnounced = true }
        store(alarm)
        announce(kind, alarm, actor: actor, comment: comment, at: now)
        if alarm.suppression == .none, alarm.state == .unacknowledged { startClimb(alarm, at: now) }
        followMilder(than: alarm.subject, at: now)
        return alarm
    }

    func store(_ alarm: Alarm) {
        alarms[alarm.subject] = alarm
        effects.alarms.updateValue(alarm, forKey: alarm.subject)
    }

    func realarmWait(_ alarm: Alarm) -> Int64? {
        policy(of: alarm).realarm[alarm.priority]
    }

    func realarm(_ episode: ULID, dueAt: Int64, at now: Instant) {
        guard let alarm = alarms[episode], alarm.realarmAt == dueAt else { return }
        change(alarm.subject, at: now) { $0.realarm() }
    }

    /// Carries out an operator's command.
    package func execute(_ command: OperatorCommand, at now: Instant) -> OperatorCommand.Outcome {
        let outcome = outcome(of: command, at: now)
        let text =
            switch outcome {
            case .done: command.duration.map { "done until \(TimestampText.utc(now.wall + $0))" } ?? "done"
            case .notFound(let reason), .refused(let reason): reason
            }
        effects.actions.append(OperatorActionRecord(at: now.wall, command: command, outcome: text))
        return outcome
    }

    private func outcome(of command: OperatorCommand, at now: Instant) -> OperatorCommand.Outcome {
        switch command.target {
        case .alarms(let target):
            switch command.action {
            case .removeFromService: return removeFromService(target, command, at: now)
            case .returnToService: return returnToService(target, command, at: now)
            case .startExercise: return startExercise(target, command, at: now)
            default: return .refused("\(command.action.rawValue) wants the episode of an alarm that stands")
            }
        case .episode(let episode):
            guard let alarm = alarms[episode] else {
                return .notFound(command.target.notFound)
            }
            return outcome(of: command, alarm, at: now)
        }
    }

    private func outcome(of command: OperatorCommand, _ alarm: Alarm, at now: Instant) -> OperatorCommand.Outcome {
        switch command.action {
        case .acknowledge:
            move(alarm, command, "only an alarm that awaits acknowledgement can be acknowledged", at: now) {
                $0.acknowledge()
            }
        case .reset:
            move(
                alarm, command, "only a latched alarm that has returned and been acknowledged can be reset", at: now
            ) { $0.reset() }
        case .confirm: confirm(alarm, command, at: now)
        case .shelve: shelve(alarm, command, at: now)
        case .unshelve: unshelve(alarm, command, at: now)
        case .endExercise: endExercise(alarm, command, at: now)
        case .removeFromService, .returnToService, .startExercise:
            .refused("\(command.action.rawValue) wants SITE/OBJECT, not an episode")
        }
    }

    private func move(
        _ alarm: Alarm, _ command: OperatorCommand, _ valid: String, at now: Instant,
        by event: (inout AlarmMachine) -> AlarmMachine.Transition?
    ) -> OperatorCommand.Outcome {
        let changed = change(alarm.subject, actor: command.actor, comment: command.comment, at: now, by: event)
        guard let changed else { return .refused("alarm \(alarm.subject) is \(alarm.state.name): \(valid)") }
        return .done(changed.json(actor: command.actor, comment: command.comment))
    }

    /// Somebody says what was done about an alarm, once each time it was raised. That it was seen is another thing, and
    /// leaves the states as they are.
    private func confirm(_ alarm: Alarm, _ command: OperatorCommand, at now: Instant) -> OperatorCommand.Outcome {
        guard let text = command.comment, !text.isEmpty else {
            return .refused(
                "alarm \(alarm.subject) is not confirmed without words; valid: a comment that says what was done")
        }
        guard alarm.confirmedAt == nil else {
            return .refused(
                "alarm \(alarm.subject) was confirmed at \(alarm.confirmedAt.map { TimestampText.utc($0) } ?? ""); it is "
                    + "confirmed again once it was raised again")
        }
        var confirmed = alarm
        confirmed.confirmedAt = now.wall
        store(confirmed)
        announce(.confirmed, confirmed, actor: command.actor, comment: text, at: now)
        if policy(of: alarm).stopOn(alarm.priority).contains(.confirmed) { stopClimb(confirmed, at: now) }
        return .done(confirmed.json(actor: command.actor, comment: text))
    }
}
