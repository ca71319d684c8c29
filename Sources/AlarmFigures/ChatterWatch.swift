/// Notices that an alarm comes and goes: three transitions, raises and returns, within a minute.
struct ChatterWatch: Sendable {
    private struct Transition: Sendable {
        let event: ChatterRecord.Transition
        var isCounted = false
    }

    /// The last transition, and the two before it.
    private var last: Transition?
    private var second: Transition?
    private var third: Transition?
    private var isRunning = false
    /// How many stretches of chattering there were, and how many transitions in them.
    private(set) var stretches = 0
    private(set) var transitions = 0
    /// The last transition of a stretch, UTC milliseconds.
    private(set) var latest: Int64?
    /// What the stretches tell of a way to end them.
    private(set) var record = ChatterRecord()

    /// Takes in a transition.
    mutating func add(_ event: LoggedEvent, within window: Int64) {
        let time = event.time
        // A clock that was set back begins anew.
        if let before = self.last, before.event.time > time { (self.last, self.second) = (nil, nil) }
        self.third = self.second
        self.second = self.last
        self.last = Transition(event: ChatterRecord.Transition(event))
        guard var third, var second, var last, time - third.event.time < window else {
            isRunning = false
            return
        }
        if !third.isCounted { take(&third, after: nil) }
        if !second.isCounted { take(&second, after: third) }
        take(&last, after: second)
        (self.third, self.second, self.last) = (third, second, last)
        if !isRunning { stretches += 1 }
        isRunning = true
        latest = time
    }

    private mutating func take(_ transition: inout Transition, after former: Transition?) {
        transitions += 1
        record.add(transition.event, after: former?.event)
        transition.isCounted = true
    }

    /// Whether the window before this time holds three transitions.
    func isChattering(at time: Int64, within window: Int64) -> Bool {
        guard isRunning, let third else { return false }
        return time - third.event.time < window
    }
}
