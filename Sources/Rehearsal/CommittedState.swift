import Alarms
package import Escalation
package import Pipeline
package import Registry
package import Telemetry

/// Keeps in memory what a commit would put on disk, as far as a start reads it back.
package struct CommittedState {
    private struct Place: Hashable {
        let point: Int32
        let time: Int64
    }

    package private(set) var accounting = Accounting()
    private var alarms: [AlarmSubject: Alarm] = [:]
    private var delays: [AlarmSubject: Delay] = [:]
    private var withdrawals: [AlarmSubject: Withdrawal] = [:]
    private var periods: [String] = []
    package private(set) var tasks: [ULID: EscalationTask] = [:]
    private var policies: [ULID: EscalationPolicy] = [:]
    private var gateways: [String: GatewayRecord] = [:]
    private var newest: [Int32: EngineState.RecordedSample] = [:]
    private var recorded: [Place: Double] = [:]
    private var watches: [Int32: Watch]
    private var recentMessages: [UInt64] = []
    private var lastSequence: Int64 = 0
    private var lastSequenceBySite: [String: Int64] = [:]

    package init(_ registry: Registry) {
        watches = CommittedState.watches(of: registry)
    }

    private static func watches(of registry: Registry) -> [Int32: Watch] {
        Dictionary(Watch.all(of: registry).map { (Int32($0.point), $0.watch) }, uniquingKeysWith: { first, _ in first })
    }

    package mutating func apply(_ effects: Effects, registry: Registry, record: (Int) -> GatewayRecord) {
        for (subject, alarm) in effects.alarms { alarms[subject] = alarm }
        for (subject, delay) in effects.delays { delays[subject] = delay }
        for (subject, withdrawal) in effects.withdrawals { withdrawals[subject] = withdrawal }
        if let periods = effects.periods { self.periods = periods }
        for change in effects.tasks { apply(change) }
        for (episode, policy) in effects.policies { policies[episode] = policy }
        for event in effects.events {
            lastSequence = event.sequence
            lastSequenceBySite[event.site] = event.sequence
        }
        accounting = effects.accounting
        for gateway in effects.gateways { gateways[registry.gateways[gateway].name] = record(gateway) }
        keep(effects.journal)
    }

    /// As the store does it: where only a claim changed, the rest of the row stays as it was.
    private mutating func apply(_ change: TaskChange) {
        guard change.isOfClaimOnly, var stored = tasks[change.task.id] else {
            tasks[change.task.id] = change.task
            return
        }
        stored.state = change.task.state
        stored.attempts = change.task.attempts
        stored.lease = change.task.lease
        stored.note = change.task.note
        tasks[change.task.id] = stored
    }

    private mutating func keep(_ journal: JournalBatch) {
        var cursor = JournalBatch.Cursor()
        for message in journal.messages {
            if message.hash != 0 { recentMessages.append(message.hash) }
            for _ in 0..<message.sampleCount {
                guard let sample = journal.next(&cursor) else { return }
                let place = Place(point: sample.point, time: sample.time)
                if recorded[place] == nil { recorded[place] = sample.value }
                if sample.standing.isLate { continue }
                if let epoch = newest[sample.point]?.epoch, epoch != message.epoch {
                    watches[sample.point]?.forgetTimes()
                }
                if !Quality(rawValue: sample.standing.quality).isBad {
                    watches[sample.point]?.take(sample.value, at: sample.time)
                }
                newest[sample.point] = EngineState.RecordedSample(
                    point: PointIndex(Int(sample.point)), time: sample.time, value: sample.value,
                    quality: Quality(rawValue: sample.standing.quality), epoch: message.epoch)
            }
        }
    }

    /// What the journal look-up finds.
    package func value(_ point: PointIndex, at time: Int64) -> Double? {
        recorded[Place(point: point.rawValue, time: time)]
    }

    /// Names the points by their positions in another registry; those it does not have are forgotten.
    mutating func adopt(_ registry: Registry, after former: Registry) {
        var positions: [Int32: Int32] = [:]
        for place in former.points.indices {
            guard let index = registry.index(of: former.identifier(of: PointIndex(place))) else { continue }
            positions[Int32(place)] = index.rawValue
        }
        let samples = newest.values.compactMap { sample in
            positions[sample.point.rawValue].map { position in
                var sample = sample
                sample.point = PointIndex(Int(position))
                return (position, sample)
            }
        }
        newest = Dictionary(samples, uniquingKeysWith: { first, _ in first })
        let values = recorded.compactMap { place, value in
            positions[place.point].map { (Place(point: $0, time: place.time), value) }
        }
        recorded = Dictionary(values, uniquingKeysWith: { first, _ in first })
        let kept = watches
        watches = CommittedState.watches(of: registry)
        for (place, watch) in kept {
            if let position = positions[place] { watches[position]?.restore(watch.kept) }
        }
    }

    /// What a start reads.
    package var engineState: EngineState {
        var state = EngineState()
        state.alarms = alarms.values.sorted { $0.subject.description < $1.subject.description }
        state.delays = delays.values.sorted { $0.subject.description < $1.subject.description }
        state.periods = periods
        state.withdrawals = withdrawals.values.sorted { $0.subject.description < $1.subject.description }
        state.tasks = tasks.values.filter { !$0.isClosed }.sorted { $0.id.description < $1.id.description }
        state.policies = policies
        state.gateways = gateways
        state.samples = newest.values.sorted { $0.point < $1.point }
        state.watches = watches.sorted { $0.key < $1.key }.map { (PointIndex(Int($0.key)), $0.value) }
        state.recentMessages = recentMessages
        state.lastSequence = lastSequence
        state.lastSequenceBySite = lastSequenceBySite
        state.accounting = accounting
        return state
    }
}
