import Alarms
import Telemetry

/// Around an alarm of some urgency the record is held: from its raise on, and further with all that its episode brings.
extension Engine {
    func hold(_ alarm: Alarm, _ transition: AlarmMachine.Transition, at now: Instant) {
        guard !alarm.isExercise else { return }
        let kinds = transition.announcements
        let isRaise = kinds.contains(.raised)
        guard isRaise || kinds.contains(.returned) || kinds.contains(.cleared) else { return }
        // What a hold that is there already grows by is told whatever the priority: it may have been higher before.
        note(alarm, latest: now.wall, begins: isRaise && alarm.priority >= options.holds.priority)
    }

    /// Sees to it that an alarm that stands at a start holds what the rule now in force says.
    func hold(standing alarm: Alarm) {
        guard alarm.priority >= options.holds.priority, !alarm.isExercise else { return }
        note(alarm, latest: alarm.raisedAt, begins: true)
    }

    private func note(_ alarm: Alarm, latest: Int64, begins: Bool) {
        let times = options.holds.times(raisedAt: alarm.raisedAt, latest: latest)
        let change = HoldChange(Hold(of: alarm, times: times), begins: begins)
        if effects.holds[alarm.episode] == nil {
            effects.holds[alarm.episode] = change
        } else {
            effects.holds[alarm.episode]?.merge(change)
        }
    }
}
