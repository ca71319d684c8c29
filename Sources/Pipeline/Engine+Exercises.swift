import Alarms
import Registry
import Telemetry

/// Exercises (演练): an alarm that nothing measured, marked as such in everything said of it, runs the whole chain under a
/// subject of its own. A real alarm of the same name is raised beside it and is never touched.
extension Engine {
    /// The longest exercise, in milliseconds: a day.
    static let longestExercise: Int64 = 86_400_000
    /// Stands before the object's name; no object of the registry can have it, since names contain no `/`.
    static let exercisePrefix = "_exercise/"

    func startExercise(_ target: AlarmTarget, _ command: OperatorCommand, at now: Instant) -> OperatorCommand.Outcome {
        guard let reason = command.comment, !reason.isEmpty else {
            return .refused("no exercise is begun without words; valid: a comment that names the exercise")
        }
        guard let duration = command.duration, duration > 0, duration <= Engine.longestExercise else {
            return .refused(
                "an exercise cannot last \(command.duration.map { "\($0 / 1_000) s" } ?? "for ever"); valid: up to "
                    + "\(Engine.longestExercise / 1_000) s")
        }
        guard let condition = target.condition else {
            return .refused("\(target) names no condition; valid: SITE/OBJECT/CONDITION for an exercise")
        }
        guard let real = subjects(of: target).first, let rule = rule(of: real) else {
            return .notFound(unknown(target))
        }
        let subject = AlarmSubject(
            site: target.site, object: Engine.exercisePrefix + target.object, condition: condition)
        guard alarms[subject] == nil else {
            return .refused("an exercise of \(real) stands already; end it first, or acknowledge it")
        }
        var alarm = newAlarm(
            subject, priority: tightened(rule.priority, at: subject.site), isLatching: rule.isLatching,
            context: rule.context, at: now)
        alarm.exerciseUntil = now.wall + duration
        alarm.limit = rule.limit
        if let withdrawal = withdrawals[subject] { alarm = withdrawal.applied(to: alarm) }
        alarms[subject] = alarm
        schedule(.endExercise(alarm.episode, dueAt: now.wall + duration), at: now.monotonic + duration)
        let raised = change(subject, actor: command.actor, comment: reason, at: now) { $0.activate() }
        return .done((raised ?? alarm).json(actor: command.actor, comment: reason))
    }

    func endExercise(_ alarm: Alarm, _ command: OperatorCommand, at now: Instant) -> OperatorCommand.Outcome {
        guard alarm.isExercise else {
            return .refused("alarm \(alarm.subject) is real; valid: the episode of an exercise")
        }
        let ended = endExercise(alarm.subject, actor: command.actor, comment: command.comment, at: now)
        return .done((ended ?? alarm).json(actor: command.actor, comment: command.comment))
    }

    /// The time of an exercise is over.
    func endExercise(_ episode: ULID, dueAt: Int64, at now: Instant) {
        guard let alarm = alarms[episode], alarm.exerciseUntil == dueAt else { return }
        endExercise(alarm.subject, actor: nil, comment: nil, at: now)
    }

    @discardableResult
    private func endExercise(_ subject: AlarmSubject, actor: String?, comment: String?, at now: Instant) -> Alarm? {
        change(subject, actor: actor, comment: comment, at: now) {
            $0.cause = "exercise ended"
        } by: {
            $0.dismiss()
        }
    }

    /// Takes up an exercise that stands; its time may have passed meanwhile.
    func restoreExercise(_ alarm: Alarm, at now: Instant) {
        guard var until = alarm.exerciseUntil else { return }
        // A wall clock set back does not make an exercise longer than it was.
        let longest = now.wall + until - alarm.raisedAt
        if longest < until {
            until = longest
            var cut = alarm
            cut.exerciseUntil = until
            store(cut)
        }
        schedule(.endExercise(alarm.episode, dueAt: until), at: now.monotonic + max(0, until - now.wall))
    }

    /// Moves the ends of exercises along with a wall clock that was set.
    func shiftExercises(by step: Int64, at now: Instant) {
        for alarm in alarms.values.sorted(by: { $0.episode < $1.episode }) where alarm.isExercise {
            var moved = alarm
            moved.exerciseUntil = alarm.exerciseUntil.map { $0 + step }
            store(moved)
            guard let until = moved.exerciseUntil else { continue }
            schedule(.endExercise(moved.episode, dueAt: until), at: now.monotonic + max(0, until - now.wall))
        }
    }
}
