import Alarms
import Telemetry

/// Events a rule test says it does not care about: by type, such as `hazard.alarm.cleared.v1`, by family, such as
/// `escalation`, or by the alarm's condition.
struct IgnoredEvents: Sendable {
    var types: Set<String> = []
    var families: Set<String> = []
    var conditions: Set<Condition> = []

    func covers(_ occurrence: Occurrence) -> Bool {
        types.contains(occurrence.type) || families.contains(occurrence.family)
            || AlarmSubject(occurrence.subject).map { covers($0) } ?? false
    }

    func covers(_ subject: AlarmSubject) -> Bool { conditions.contains(subject.condition) }
}
