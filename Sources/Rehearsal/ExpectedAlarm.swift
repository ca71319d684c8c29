import Alarms
import Telemetry

/// An alarm as a test wants it to stand.
struct ExpectedAlarm: Sendable {
    let line: Int
    let subject: AlarmSubject
    let state: AlarmState
    /// Nil where the test does not say.
    let suppression: Suppression?
    let priority: Priority?

    init(line: Int, subject: AlarmSubject, state: AlarmState, suppression: Suppression?, priority: Priority?) {
        self.line = line
        self.subject = subject
        self.state = state
        self.suppression = suppression
        self.priority = priority
    }

    /// As one stands.
    init(_ alarm: Alarm) {
        self.init(
            line: 0, subject: alarm.subject, state: alarm.state, suppression: alarm.suppression,
            priority: alarm.priority)
    }

    func matches(_ alarm: Alarm) -> Bool {
        subject == alarm.subject && state == alarm.state && suppression.map { $0 == alarm.suppression } ?? true
            && priority.map { $0 == alarm.priority } ?? true
    }

    /// As a test would write it.
    func text(_ names: SubjectNames) -> String {
        var words = [state.name]
        if let priority { words.append(priority.name) }
        if let suppression, suppression != .none { words.append(suppression.name) }
        return "\(names.short(subject.description)): \(words.joined(separator: " "))"
    }
}
