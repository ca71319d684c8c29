import AlarmFigures
import Alarms
import Registry
import Telemetry

/// FLOOD, an alarm of the node: more alarms came to an operator position than a person can deal with. It tells where,
/// what came first and what the most are; all of them are announced and escalate as ever.
extension Engine {
    /// Counts what an operator was just told of. FLOOD itself and exercises do not count.
    func countAnnunciation(_ kind: AlarmEventKind, _ alarm: Alarm, at now: Instant) {
        guard flood != nil, alarm.subject.condition != .flood, !alarm.isExercise,
            kind.annunciates(alarm.state, alarm.suppression)
        else { return }
        flood?.annunciated(
            alarm.subject.description, site: alarm.subject.site, source: alarm.source, at: now.monotonic)
    }

    /// Raises FLOOD and lets it return.
    func followFlood(at now: Instant) {
        switch flood?.pass(to: now.monotonic) {
        case .rise(let cause): raiseNode(.flood, priority: .medium, cause: cause, at: now)
        case .fall(let cause): lower(nodeSubject(.flood), at: now) { $0.cause = cause }
        case nil: break
        }
    }

    /// Takes up the count with what is committed: whether FLOOD stands, and what the event log holds of the time since.
    func restoreFlood(_ state: EngineState, at now: Instant) {
        guard flood != nil else { return }
        let log = state.annunciations.map { event in
            (
                subject: event.subject, site: event.site, source: event.source,
                time: now.monotonic - max(0, now.wall - event.time)
            )
        }
        let subject = nodeSubject(.flood)
        let isRaised = state.alarms.contains { $0.subject == subject && $0.state.isActive }
        flood?.restore(log, isRaised: isRaised, at: now.monotonic)
    }
}
