import Alarms
import Registry
import Telemetry

/// What people withdraw from annunciation, and that it comes back: by itself when its time is over, over a restart, and
/// with a wall clock that is set meanwhile.
extension Engine {
    /// Withdraws an alarm; one that stands goes on beneath, and nobody is told of it.
    /// - Returns: the alarm as it then stands; one that is normal gets an episode of its own for the record.
    func withdraw(_ withdrawal: Withdrawal, at now: Instant) -> Alarm {
        keep(withdrawal, at: now)
        let kind: AlarmEventKind = withdrawal.kind == .shelved ? .shelved : .removedFromService
        let (actor, reason) = (withdrawal.actor, withdrawal.reason)
        guard var alarm = alarms[withdrawal.subject] else {
            let alarm = withdrawal.applied(to: normalAlarm(withdrawal.subject, at: now))
            announce(kind, alarm, actor: actor, comment: reason, at: now)
            return alarm
        }
        alarm = withdrawal.applied(to: alarm)
        hide(alarm, kind, actor: actor, comment: reason, at: now)
        return alarm
    }

    /// Ends a withdrawal. An alarm that stands is shown again; one that awaits acknowledgement climbs anew.
    /// - Returns: the alarm as it then stands.
    @discardableResult
    func endWithdrawal(_ subject: AlarmSubject, actor: String?, comment: String?, at now: Instant) -> Alarm? {
        guard let withdrawal = withdrawals.removeValue(forKey: subject) else { return nil }
        effects.withdrawals.updateValue(nil, forKey: subject)
        let kind: AlarmEventKind = withdrawal.kind == .shelved ? .unshelved : .returnedToService
        guard var alarm = alarms[subject] else {
            guard withdrawal.kind == .outOfService else { return nil }
            let alarm = normalAlarm(subject, at: now)
            announce(kind, alarm, actor: actor, comment: comment, at: now)
            return alarm
        }
        alarm.withdrawnUntil = nil
        alarm.permit = nil
        alarm.suppression = alarm.state.isActive && isSuppressedByDesign(subject) ? .suppressedByDesign : .none
        return show(alarm, kind, actor: actor, comment: comment, at: now)
    }

    /// The time of a withdrawal is over, unless it was ended or moved meanwhile.
    func endWithdrawal(_ subject: AlarmSubject, dueAt: Int64, at now: Instant) {
        guard withdrawals[subject]?.until == dueAt else { return }
        endWithdrawal(subject, actor: nil, comment: nil, at: now)
    }

    private func keep(_ withdrawal: Withdrawal, at now: Instant) {
        withdrawals[withdrawal.subject] = withdrawal
        effects.withdrawals.updateValue(withdrawal, forKey: withdrawal.subject)
        schedule(
            .endWithdrawal(withdrawal.subject, dueAt: withdrawal.until),
            at: now.monotonic + max(0, withdrawal.until - now.wall))
    }

    /// Takes up withdrawals kept across a restart; one whose time passed meanwhile ends at once.
    func restore(_ stored: [Withdrawal], at now: Instant) {
        for var withdrawal in stored {
            // A wall clock set back does not make a withdrawal longer than it was.
            withdrawal.until = min(withdrawal.until, now.wall + withdrawal.until - withdrawal.since)
            withdrawal.since = min(withdrawal.since, now.wall)
            keep(withdrawal, at: now)
            if alarms[withdrawal.subject] != nil { alarms[withdrawal.subject]?.withdrawnUntil = withdrawal.until }
        }
    }

    /// Moves withdrawals along with a wall clock that was set.
    func shiftWithdrawals(by step: Int64, at now: Instant) {
        for withdrawal in withdrawals.values.sorted(by: { $0.subject.description < $1.subject.description }) {
            let moved = withdrawal.moved(by: step)
            keep(moved, at: now)
            guard var alarm = alarms[moved.subject] else { continue }
            alarm.withdrawnUntil = moved.until
            store(alarm)
        }
    }

    /// What an alarm that is normal would be raised as.
    private func normalAlarm(_ subject: AlarmSubject, at now: Instant) -> Alarm {
        let rule = rule(of: subject)
        return newAlarm(
            subject, priority: rule?.priority ?? .high, isLatching: rule?.isLatching ?? false,
            context: rule?.context ?? AlarmContext(), at: now)
    }

    /// Whether an alarm above explains this one.
    private func isSuppressedByDesign(_ subject: AlarmSubject) -> Bool {
        switch subject.condition {
        case .stale:
            registry.index(of: subject.site + "/" + subject.object).map { isStaleSuppressed($0.position) } ?? false
        case .offline: isBrokerLost
        default: false
        }
    }
}

extension Withdrawal {
    /// An alarm that stands, with this on it.
    func applied(to alarm: Alarm) -> Alarm {
        var alarm = alarm
        alarm.suppression = kind
        alarm.withdrawnUntil = until
        alarm.permit = permit
        return alarm
    }

    func moved(by step: Int64) -> Withdrawal {
        Withdrawal(
            subject: subject, kind: kind, since: since + step, until: until + step, actor: actor, reason: reason,
            permit: permit)
    }
}
