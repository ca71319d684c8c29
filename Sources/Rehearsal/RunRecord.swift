import Alarms
import Pipeline

/// What the engine's commits leave behind in a run.
final class RunRecord {
    var story = Story()
    /// Events since the check before.
    var pending: [Occurrence] = []
    private var running: Set<AlarmSubject> = []

    /// Puts down what a commit says.
    func take(_ effects: Effects, at elapsed: Int64, ignoring ignored: IgnoredEvents, names: SubjectNames) {
        for (subject, delay) in effects.delays.sorted(by: { $0.key.description < $1.key.description }) {
            let isRunning = delay != nil
            guard isRunning != running.contains(subject) else { continue }
            if isRunning { running.insert(subject) } else { running.remove(subject) }
            let kind = delay.map { $0.isOn ? "on-delay" : "off-delay" } ?? "delay"
            story.add(
                "\(kind) of \(names.short(subject.description)) \(isRunning ? "begins" : "ends")",
                object: Story.object(of: subject.description), at: elapsed)
        }
        for event in effects.events {
            let occurrence = Occurrence(event, at: elapsed)
            story.add(
                "  ▸ \(occurrence.text(names, withTime: false))", object: Story.object(of: event.subject), at: elapsed)
            if !ignored.covers(occurrence) { pending.append(occurrence) }
        }
    }
}
