import Telemetry

/// What was counted in one scope: all that was read, a site, or an operator position.
struct ScopeTally: Sendable {
    let name: String
    private(set) var annunciated = 0
    /// By the raw value of the priority.
    private(set) var byPriority = [Int](repeating: 0, count: 5)
    private(set) var load = AlarmLoad()
    private(set) var window: FloodWindow<Int32>
    /// The most annunciated within ten minutes.
    private(set) var peak = 0
    private(set) var floods: [FloodTally] = []
    private(set) var floodCount = 0
    /// Milliseconds in floods that are over.
    private(set) var floodTime: Int64 = 0
    private(set) var running: FloodTally?

    var acknowledgement = DurationTally()
    /// Annunciations whose episode ended without an acknowledgement.
    var endedUnacknowledged = 0
    /// How often alarms were suppressed, by the raw value of the suppression, and how often without what that needs.
    var suppressed = [Int](repeating: 0, count: 4)
    var unauthorised = 0

    /// The most floods listed; of more, those with the most alarms.
    static let floodBound = 100
    /// The most frequent subjects named of each flood.
    static let floodSubjects = 5

    init(_ name: String, _ window: FloodWindow<Int32>) {
        self.name = name
        self.window = window
    }

    /// Counts an annunciation.
    /// - Parameters:
    ///   - time: when it was recorded.
    ///   - clock: the same, but never before an earlier annunciation.
    mutating func annunciate(_ subject: Int32, _ priority: Priority, at time: Int64, clock: Int64) {
        pass(to: clock)
        annunciated += 1
        byPriority[Int(priority.rawValue)] += 1
        load.add(at: time)
        if window.add(subject, at: clock) {
            running = FloodTally(window.members, at: clock)
            floodCount += 1
        } else {
            running?.add(subject)
        }
        peak = max(peak, window.count)
        if let former = running?.peak { running?.peak = max(former, window.count) }
    }

    /// Lets time pass, which may end a flood.
    mutating func pass(to clock: Int64) {
        if let end = window.pass(to: clock) { close(at: end) }
    }

    /// Begins the count of ten minutes anew, since the clock was set back.
    mutating func forgetWindow(at clock: Int64) {
        pass(to: clock)
        if running != nil { close(at: clock) }
        window.clear()
    }

    private mutating func close(at end: Int64) {
        guard var flood = running else { return }
        running = nil
        floodTime += max(0, end - flood.start)
        flood.end = end
        flood.reduce(to: ScopeTally.floodSubjects)
        floods.append(flood)
        guard floods.count > ScopeTally.floodBound else { return }
        if let least = floods.indices.min(by: { floods[$0].count < floods[$1].count }) { floods.remove(at: least) }
    }
}
