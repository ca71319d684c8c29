import Alarms
import Registry
import Telemetry

/// Out of service (ISA-18.2): alarms of an instrument under maintenance, a gateway or a hazard source, whether they stand
/// or not, under a work permit that runs out.
extension Engine {
    /// The longest time alarms may be out of service under one permit, in milliseconds: 30 days.
    static let longestRemoval: Int64 = 30 * 86_400_000

    func removeFromService(
        _ target: AlarmTarget, _ command: OperatorCommand, at now: Instant
    ) -> OperatorCommand.Outcome {
        guard let permit = command.permit, !permit.isEmpty else {
            return .refused("\(target) is not removed from service without a permit; valid: the work permit's number")
        }
        guard let reason = command.comment, !reason.isEmpty else {
            return .refused("\(target) is not removed from service without a reason; valid: a comment that says why")
        }
        guard let duration = command.duration, duration > 0, duration <= Engine.longestRemoval else {
            return .refused(
                "\(target) cannot be out of service for \(command.duration.map { "\($0 / 1_000) s" } ?? "ever"); valid: up "
                    + "to \(Engine.longestRemoval / 1_000) s a permit")
        }
        let subjects = subjects(of: target)
        guard !subjects.isEmpty else { return .notFound(unknown(target)) }
        let removed = subjects.filter { withdrawals[$0]?.kind != .outOfService }
        guard !removed.isEmpty else {
            return .refused("\(target) is out of service already; return it first to set another permit or time")
        }
        let alarms = removed.map { subject in
            // The permit takes the place of a shelf.
            withdraw(
                Withdrawal(
                    subject: subject, kind: .outOfService, since: now.wall, until: now.wall + duration,
                    actor: command.actor, reason: reason, permit: permit), at: now)
        }
        return .done(Engine.list(alarms, command))
    }

    func returnToService(
        _ target: AlarmTarget, _ command: OperatorCommand, at now: Instant
    ) -> OperatorCommand.Outcome {
        // Also what the registry no longer knows can be returned.
        let returned = withdrawals.values.filter { $0.kind == .outOfService && target.covers($0.subject) }
            .map(\.subject).sorted { $0.description < $1.description }
        guard !returned.isEmpty else {
            return subjects(of: target).isEmpty
                ? .notFound(unknown(target)) : .refused("\(target) is not out of service")
        }
        let alarms = returned.compactMap {
            endWithdrawal($0, actor: command.actor, comment: command.comment, at: now)
        }
        return .done(Engine.list(alarms, command))
    }

    private static func list(_ alarms: [Alarm], _ command: OperatorCommand) -> String {
        let bodies = alarms.map { $0.json(actor: command.actor, comment: command.comment) }
        return "{\"alarms\":[\(bodies.joined(separator: ","))]}"
    }

    func unknown(_ target: AlarmTarget) -> String {
        OperatorCommand.Target.alarms(target).notFound
    }
}
