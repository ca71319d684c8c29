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
        if let withdrawal = withdrawals[alarm.subject] {
            return .refused(
                withdrawal.kind == .shelved
                    ? "alarm \(alarm.subject) is shelved already; unshelve it first to set another time"
                    : "alarm \(alarm.subject) is out of service until \(TimestampText.utc(withdrawal.until))")
        }
        let shelved = withdraw(
            Withdrawal(
                subject: alarm.subject, kind: .shelved, since: now.wall, until: now.wall + duration,
                actor: command.actor, reason: reason), at: now)
        return .done(shelved.json(actor: command.actor, comment: reason))
    }

    func unshelve(_ alarm: Alarm, _ command: OperatorCommand, at now: Instant) -> OperatorCommand.Outcome {
        guard withdrawals[alarm.subject]?.kind == .shelved else {
            return .refused("alarm \(alarm.subject) is not shelved")
        }
        let shown = endWithdrawal(alarm.subject, actor: command.actor, comment: command.comment, at: now)
        return .done((shown ?? alarm).json(actor: command.actor, comment: command.comment))
    }
}
