import Alarms
import Telemetry

/// First-out: of the alarms that stand together at a hazard source, which came first. Those of the process and of the stock
/// take part, while their condition holds; what an instrument says of itself, what is out of service, and exercises do not.
extension Engine {
    /// The alarms of one hazard source whose conditions hold.
    struct FirstOutGroup {
        /// The episode that came first; it may be over by now.
        let first: ULID
        var members: Set<ULID>
    }

    /// Notes that an alarm's condition became true or false.
    func followFirstOut(_ alarm: inout Alarm, wasRaised: Bool) {
        guard alarm.subject.condition.isOfProcess, !alarm.source.isEmpty, !alarm.isExercise else { return }
        let key = alarm.subject.site + "/" + alarm.source
        if !alarm.state.isActive {
            firstOutGroups[key]?.members.remove(alarm.episode)
            if firstOutGroups[key]?.members.isEmpty == true { firstOutGroups[key] = nil }
        } else if wasRaised, alarm.suppression == .outOfService {
            alarm.firstOut = nil
        } else if wasRaised {
            var group = firstOutGroups[key] ?? FirstOutGroup(first: alarm.episode, members: [])
            group.members.insert(alarm.episode)
            firstOutGroups[key] = group
            alarm.firstOut = group.first
        }
    }

    /// Takes up the groups of the alarms that stand.
    func restoreFirstOut() {
        for alarm in alarms.values where alarm.state.isActive {
            guard let first = alarm.firstOut else { continue }
            let key = alarm.subject.site + "/" + alarm.source
            firstOutGroups[key, default: FirstOutGroup(first: first, members: [])].members.insert(alarm.episode)
        }
    }
}
