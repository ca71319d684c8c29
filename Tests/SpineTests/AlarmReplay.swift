import Alarms

/// Goes through the events of one alarm with the life cycle of IEC 62682 in hand: each must be the next thing that it
/// allows, tell the state that it leads to, and belong to the episode that runs.
struct AlarmReplay {
    private var machine: AlarmMachine
    /// Announcements that must follow before anything else does.
    private var owed: [AlarmEventKind] = []
    private var episode = ""
    private var episodes: Set<String> = []
    private var wasAnnounced = false
    /// What does not fit, in words.
    private(set) var complaints: [String] = []

    init(isLatching: Bool) {
        machine = AlarmMachine(isLatching: isLatching)
    }

    /// Where the alarm stands after the events taken so far.
    var state: String { machine.state.name }

    /// Takes the next `hazard.alarm.….v1` event of the alarm.
    mutating func take(_ event: EventRecord) {
        guard let kind = AlarmEventKind(rawValue: event.kind) else { return complain(event, "is of no known kind") }
        checkEpisode(event)
        if owed.isEmpty {
            guard let announced = announcements(of: kind, event) else {
                return complain(event, "changes nothing in state \(state)")
            }
            owed = announced
        }
        guard !owed.isEmpty, owed.removeFirst() == kind else { return complain(event, "comes before what is owed") }
        if event.data.state != state { complain(event, "tells \(event.data.state ?? "no state") instead of \(state)") }
        let isShown = machine.state.isActive || kind == .unshelved || kind == .unsuppressed
        if event.data.suppression == "none", isShown { wasAnnounced = true }
    }

    /// An episode begins out of normal, with a name of its own, and goes on to normal again.
    private mutating func checkEpisode(_ event: EventRecord) {
        let named = event.data.episode ?? ""
        guard machine.state == .normal, owed.isEmpty else {
            if named != episode { complain(event, "belongs to another episode than \(episode)") }
            return
        }
        if named.isEmpty || !episodes.insert(named).inserted { complain(event, "begins an episode that was over") }
        episode = named
        wasAnnounced = false
    }

    /// What the life cycle announces for what such an event stands for; nil where it announces nothing.
    private mutating func announcements(of kind: AlarmEventKind, _ event: EventRecord) -> [AlarmEventKind]? {
        switch kind {
        case .raised: return machine.activate()?.announcements
        case .returned:
            let isUnseen = event.data.suppression != "none" && !wasAnnounced
            return (isUnseen ? machine.dismiss() : machine.deactivate())?.announcements
        case .acknowledged: return machine.acknowledge()?.announcements
        case .reset: return machine.reset()?.announcements
        case .realarmed: return machine.realarm()?.announcements
        // Only ever owed, or no part of the life at all.
        case .cleared, .late: return nil
        default: return machine.state == .normal ? nil : [kind]
        }
    }

    private mutating func complain(_ event: EventRecord, _ what: String) {
        complaints.append("event \(event.number), \(event.kind) of \(event.subject), \(what)")
    }
}
