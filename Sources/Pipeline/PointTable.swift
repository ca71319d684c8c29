import Decoding
import Registry
import Telemetry

/// What the engine keeps of every point.
struct PointTable {
    private(set) var states: [PointState]
    let staleAfter: [Int64]
    /// Where the point's rules begin in `rules`; one more entry than there are points.
    let ruleStart: [Int32]
    var rules: [RuleState]
    /// Delays that run, by rule.
    var delays: [Int: RunningDelay] = [:]
    private(set) var rings: RingSlab
    /// What rules need of the past, for the points that have such rules.
    private(set) var watches: [Watch]
    /// The redundant group of each point that is in one.
    private let groups: [Int: Int]
    /// The points gateway by gateway, and where each gateway's begin; one more entry than there are gateways.
    private let byGateway: [Int32]
    private let gatewayStart: [Int32]

    init(_ registry: Registry, startedAt now: Int64) {
        let points = registry.points
        (byGateway, gatewayStart) = PointTable.group(registry)
        let watched = Watch.all(of: registry)
        watches = watched.map(\.watch)
        groups = Watch.groups(of: registry)
        var nextWatch = 0
        staleAfter = points.map(\.staleAfter)
        var starts: [Int32] = [0]
        starts.reserveCapacity(points.count + 1)
        rules = []
        rules.reserveCapacity(points.reduce(0) { $0 + $1.rules.count })
        states = []
        states.reserveCapacity(points.count)
        for (place, point) in points.enumerated() {
            var low = point.low.map { $0.nextDown } ?? -Double.infinity
            var high = point.high.map { $0.nextUp } ?? Double.infinity
            for rule in point.rules {
                switch rule.condition {
                case .high, .highHigh: high = min(high, rule.limit)
                case .low, .lowLow: low = max(low, rule.limit)
                case .inventory: high = min(high, rule.limit.nextUp)
                default: break
                }
                rules.append(RuleState(rule: rule))
            }
            starts.append(Int32(rules.count))
            let following = place + 1 < points.count && points[place + 1].gateway == point.gateway ? place + 1 : place
            let isWatched = nextWatch < watched.count && watched[nextWatch].point == place
            states.append(
                PointState(
                    gateway: Int32(point.gateway), next: Int32(following), watch: isWatched ? Int32(nextWatch) : -1,
                    quietLow: low, quietHigh: high, startedAt: now))
            if isWatched { nextWatch += 1 }
        }
        ruleStart = starts
        rings = RingSlab(points: points.count)
    }

    var indices: Range<Int> { states.indices }

    subscript(_ point: Int) -> PointState {
        _read { yield states[point] }
        _modify { yield &states[point] }
    }

    /// The points of a gateway, in the registry's order.
    func ofGateway(_ gateway: Int) -> ArraySlice<Int32> {
        byGateway[Int(gatewayStart[gateway])..<Int(gatewayStart[gateway + 1])]
    }

    func ruleIndices(_ point: Int) -> Range<Int> {
        Int(ruleStart[point])..<Int(ruleStart[point + 1])
    }

    func rule(_ point: Int, _ condition: Condition) -> Int? {
        ruleIndices(point).first { rules[$0].condition == condition }
    }

    mutating func refreshIdle(_ point: Int) {
        states[point].isIdle = ruleIndices(point).allSatisfy { rules[$0].isIdle }
    }

    /// Takes a sample as the point's newest.
    mutating func accept(_ point: Int, time: Int64, value: Double, quality: Quality, received: Int64) {
        states[point].lastTime = time
        states[point].lastValue = value
        states[point].lastQuality = quality.rawValue
        states[point].lastReceived = received
        remember(point, time: time, value: value)
    }

    /// Puts a sample into the point's ring, be it its newest or a late one.
    mutating func remember(_ point: Int, time: Int64, value: Double) {
        let count = states[point].ringCount
        rings.slots[RingSlab.place(point, after: count)] = RingSlab.Slot(time: time, value: value)
        states[point].ringCount = RingSlab.counted(count)
    }

    /// Takes a value that is not bad into what the point's rules need of the past.
    /// - Returns: whether none of them can have become true by it.
    mutating func watch(_ point: Int, _ value: Double, at time: Int64) -> Bool {
        let watch = Int(states[point].watch)
        guard watch >= 0 else { return true }
        let partner = Int(watches[watch].partner)
        return watches[watch].take(value, at: time, beside: partner >= 0 ? states[partner].glance : .nan)
    }

    /// What a point's rules know of its past; nil if none of them needs any.
    func watch(of point: Int) -> Watch? {
        states[point].watch >= 0 ? watches[Int(states[point].watch)] : nil
    }

    /// Takes up what was known before a restart.
    mutating func restore(_ watch: Watch, of point: Int) {
        if states[point].watch >= 0 { watches[Int(states[point].watch)] = watch }
    }

    /// The gateway's clock was set: the past is of another clock.
    mutating func forgetTimes(_ point: Int) {
        if states[point].watch >= 0 { watches[Int(states[point].watch)].forgetTimes() }
    }

    /// The redundant group of a point, as its place in the registry.
    func group(of point: Int) -> Int? { groups[point] }

    /// The point's value at a time that it has reached, between its samples if need be; nil if these are further away
    /// than `within` milliseconds, or no longer in the ring.
    func value(_ point: Int, at time: Int64, within: Int64) -> Double? {
        rings.value(point, states[point].ringCount, around: time, within: within)
    }

    /// The value recorded for exactly this time, if the point's ring holds it.
    func recent(_ point: Int, at time: Int64) -> Double? {
        rings.value(point, states[point].ringCount, at: time)
    }

    /// Whether the point's ring holds every sample it ever had.
    func holdsAll(_ point: Int) -> Bool { rings.isComplete(states[point].ringCount) }

    /// Says that older samples may be recorded than those the rings were given.
    mutating func beginRestored() { rings.beginRestored() }

    private static func group(_ registry: Registry) -> (points: [Int32], starts: [Int32]) {
        var starts = [Int32](repeating: 0, count: registry.gateways.count + 1)
        for point in registry.points { starts[point.gateway + 1] += 1 }
        for gateway in registry.gateways.indices { starts[gateway + 1] += starts[gateway] }
        var next = starts
        var grouped = [Int32](repeating: 0, count: registry.points.count)
        for (place, point) in registry.points.enumerated() {
            grouped[Int(next[point.gateway])] = Int32(place)
            next[point.gateway] += 1
        }
        return (grouped, starts)
    }
}

extension PointTable {
    /// Takes a message's values, from one place on, for as long as each is the newest of its point, good, within the
    /// quiet band and of an idle point: the way of almost every sample. It allocates nothing, and each value costs
    /// the comparison of its tag, one record, one ring slot and its place in the journal.
    /// - Parameter previous: the point of the value before, -1 for none.
    /// - Returns: where the first value stands that wants a closer look; its point is not looked up yet.
    mutating func takeQuiet(
        _ message: ReceivedMessage, from start: Int, after previous: inout Int, _ intake: inout Intake,
        record: GatewayRecord, received: Int64, tags: borrowing ByteKeyTable, into journal: inout JournalBatch
    ) -> Int {
        PointTable.takeQuiet(
            message, from: start, after: &previous, &intake, &states, &rings.slots, &watches, record: record,
            received: received,
            tags: tags, into: &journal)
    }

    private static func takeQuiet(
        _ message: ReceivedMessage, from start: Int, after previous: inout Int, _ intake: inout Intake,
        _ states: inout [PointState], _ slots: inout [RingSlab.Slot], _ watches: inout [Watch], record: GatewayRecord,
        received: Int64,
        tags: borrowing ByteKeyTable, into journal: inout JournalBatch
    ) -> Int {
        var states = states.mutableSpan
        var slots = slots.mutableSpan
        var watches = watches.mutableSpan
        var expected = previous >= 0 ? Int(states[previous].next) : Int(intake.firstPoint)
        var place = start
        let count = message.valueCount
        while place < count {
            let value = message.value(place)
            var point = expected
            if unsafe point < 0 || !tags.holds(value.rawTag, at: point, scope: Int32(intake.gateway)) {
                guard let found = unsafe tags.find(scope: Int32(intake.gateway), value.rawTag) else { break }
                point = found
                if previous >= 0 { states[previous].next = Int32(found) } else { intake.firstPoint = Int32(found) }
            }
            let time = value.time == .min ? intake.assigned : value.time
            guard value.kind == .value, value.quality & 0xC0 == 0xC0, states[point].epoch == record.epoch,
                time > states[point].lastTime, time > record.highWater, states[point].isIdle,
                value.value > states[point].quietLow, value.value < states[point].quietHigh
            else { break }
            let watch = Int(states[point].watch)
            if watch >= 0 {
                let partner = Int(watches[watch].partner)
                let other = partner >= 0 ? states[partner].glance : .nan
                guard watches[watch].take(value.value, at: time, beside: other) else { break }
            }
            states[point].lastTime = time
            states[point].lastValue = value.value
            states[point].lastQuality = value.quality
            states[point].lastReceived = received
            let ringCount = states[point].ringCount
            slots[RingSlab.place(point, after: ringCount)] = RingSlab.Slot(time: time, value: value.value)
            states[point].ringCount = RingSlab.counted(ringCount)
            journal.append(
                point, time: time, value: value.value, quality: Quality(rawValue: value.quality), isLate: false)
            previous = point
            expected = Int(states[point].next)
            place += 1
        }
        intake.live += place - start
        return place
    }
}
