import Alarms
import Registry
import Telemetry

/// Shelving: an operator puts an alarm aside for a limited time and says why. Its states go on beneath, nobody is told of
/// them, and when the time is over the state that holds is shown, and escalates.
extension Engine {
    func shelve(_ alarm: Alarm, _ command: OperatorCommand, at now: Instant) -> OperatorCommand.Outcome {
        guard let reason = command.comment, !reason.isEmpty else {
            return .refused("alarm \(alarm.subject) is not shelved without a reason; valid: a comment that says why")
        }
        let longest = policy(alarm.subject).shelving[alarm.priority] ?? 0
        guard longest > 0 else {
            return .refused(
                "alarm \(alarm.subject) is \(alarm.priority.name): the policy lets no such alarm be shelved")
        }
        guard let duration = command.duration, duration > 0, duration <= longest else {
            return .refused(
                "alarm \(alarm.subject) cannot be shelved for \(command.duration.map { "\($0 / 1_000) s" } ?? "ever"); "
                    + "valid: up to \(longest / 1_000) s for \(alarm.priority.name) by its policy")
        }
        guard shelves[alarm.subject] == nil else {
            return .refused("alarm \(alarm.subject) is shelved already; unshelve it first to set another time")
        }
        let shelf = Shelf(
            subject: alarm.subject, since: now.wall, until: now.wall + duration, actor: command.actor, reason: reason)
        keep(shelf, at: now)
        var shelved = alarm
        shelved.suppression = .shelved
        shelved.shelvedUntil = shelf.until
        hide(shelved, .shelved, actor: command.actor, comment: reason, at: now)
        return .done(shelved.json(actor: command.actor, comment: reason))
    }

    func unshelve(_ alarm: Alarm, _ command: OperatorCommand, at now: Instant) -> OperatorCommand.Outcome {
        guard shelves[alarm.subject] != nil else {
            return .refused("alarm \(alarm.subject) is not shelved")
        }
        let shown = endShelf(alarm.subject, actor: command.actor, comment: command.comment, at: now)
        return .done((shown ?? alarm).json(actor: command.actor, comment: command.comment))
    }

    /// The time of a shelf is over, unless it was ended or moved meanwhile.
    func endShelf(_ subject: AlarmSubject, dueAt: Int64, at now: Instant) {
        guard shelves[subject]?.until == dueAt else { return }
        endShelf(subject, actor: nil, comment: nil, at: now)
    }

    /// Shows an alarm again; one that stands and awaits acknowledgement climbs anew.
    /// - Returns: the alarm, if it is not normal.
    @discardableResult
    private func endShelf(_ subject: AlarmSubject, actor: String?, comment: String?, at now: Instant) -> Alarm? {
        shelves[subject] = nil
        effects.shelves.updateValue(nil, forKey: subject)
        guard var alarm = alarms[subject] else { return nil }
        alarm.shelvedUntil = nil
        alarm.suppression = isSuppressedByDesign(subject) ? .suppressedByDesign : .none
        return show(alarm, .unshelved, actor: actor, comment: comment, at: now)
    }

    private func keep(_ shelf: Shelf, at now: Instant) {
        shelves[shelf.subject] = shelf
        effects.shelves.updateValue(shelf, forKey: shelf.subject)
        schedule(
            .unshelve(shelf.subject, dueAt: shelf.until), at: now.monotonic + max(0, shelf.until - now.wall))
    }

    /// Takes up shelves kept across a restart; one whose time passed meanwhile ends at once.
    func restore(_ stored: [Shelf], at now: Instant) {
        for var shelf in stored {
            // A wall clock set back does not make a shelf longer than it was.
            shelf.until = min(shelf.until, now.wall + shelf.until - shelf.since)
            keep(shelf, at: now)
            if alarms[shelf.subject] != nil { alarms[shelf.subject]?.shelvedUntil = shelf.until }
        }
    }

    /// Moves shelves along with a wall clock that was set.
    func shiftShelves(by step: Int64, at now: Instant) {
        for shelf in shelves.values.sorted(by: { $0.subject.description < $1.subject.description }) {
            keep(
                Shelf(
                    subject: shelf.subject, since: shelf.since + step, until: shelf.until + step, actor: shelf.actor,
                    reason: shelf.reason), at: now)
            guard var alarm = alarms[shelf.subject] else { continue }
            alarm.shelvedUntil = shelf.until + step
            store(alarm)
        }
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
