import Alarms
import Escalation
import Registry
import Telemetry

/// HH supersedes H for notification, and LL supersedes L: while the graver one stands and is shown, the milder one stands
/// beside it for everybody to see, yet nobody is called for it. When the graver one returns or is put aside, the milder
/// one that still awaits acknowledgement climbs from its first tier.
extension Engine {
    func isSuperseded(_ alarm: Alarm) -> Bool {
        guard let graver = alarm.subject.condition.graver, let upper = alarms[alarm.subject.beside(graver)] else {
            return false
        }
        return upper.state.isActive && upper.suppression == .none
    }

    /// Stops or starts the climb of the milder alarm after a change of the graver one.
    func followMilder(than upper: AlarmSubject, at now: Instant) {
        guard !isRestoring, let milder = upper.condition.milder, let alarm = alarms[upper.beside(milder)],
            alarm.suppression == .none
        else { return }
        if isSuperseded(alarm) {
            stopClimb(alarm, cause: "superseded by \(upper.condition.name)", at: now)
        } else if alarm.state == .unacknowledged, climbs[alarm.episode] == nil, !wasConfirmed(alarm) {
            startClimb(alarm, at: now)
        }
    }

    /// Whether a confirmation has stopped the climb for good.
    private func wasConfirmed(_ alarm: Alarm) -> Bool {
        alarm.confirmedAt != nil && policy(of: alarm).stopOn(alarm.priority).contains(.confirmed)
    }
}
