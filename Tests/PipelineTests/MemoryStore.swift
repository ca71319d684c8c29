import AlarmFigures
import Alarms
import Escalation
import Pipeline
import Registry
import Telemetry

/// Keeps what a commit would put on disk, row for row as the state database does, so that an engine can be
/// rebuilt from it at any point.
struct MemoryStore {
    private struct Place: Hashable {
        let point: Int32
        let time: Int64
    }

    private(set) var alarms: [AlarmSubject: Alarm] = [:]
    private(set) var delays: [AlarmSubject: Delay] = [:]
    private(set) var withdrawals: [AlarmSubject: Withdrawal] = [:]
    private(set) var periods: [String] = []
    private(set) var tasks: [ULID: EscalationTask] = [:]
    private(set) var events: [Event] = []
    private(set) var accounting = Accounting()
    private(set) var quarantine: [QuarantineEntry] = []
    private(set) var unmapped: [UnmappedTag: Int64] = [:]
    private(set) var actions: [OperatorActionRecord] = []
    private var newest: [Int32: EngineState.RecordedSample] = [:]
    private var gateways: [String: GatewayRecord] = [:]
    private(set) var storedCount = 0
    private var recentMessages: [UInt64] = []
    private var recorded: [Place: Double] = [:]
    private var watches: [Int32: Watch] = [:]

    mutating func apply(_ effects: Effects, registry: Registry, record: (Int) -> GatewayRecord) {
        for (subject, alarm) in effects.alarms { alarms[subject] = alarm }
        for (subject, delay) in effects.delays { delays[subject] = delay }
        for (subject, withdrawal) in effects.withdrawals { withdrawals[subject] = withdrawal }
        if let periods = effects.periods { self.periods = periods }
        tasks.merge(effects.tasks) { _, new in new }
        events += effects.events
        accounting = effects.accounting
        quarantine += effects.quarantine
        unmapped.merge(effects.unmapped) { $0 + $1 }
        actions += effects.actions
        if watches.isEmpty {
            for (point, watch) in Watch.all(of: registry) { watches[Int32(point)] = watch }
        }
        for gateway in effects.gateways { gateways[registry.gateways[gateway].name] = record(gateway) }
        keep(effects.journal)
    }

    private mutating func keep(_ journal: JournalBatch) {
        var cursor = JournalBatch.Cursor()
        for message in journal.messages {
            if message.hash != 0 { recentMessages.append(message.hash) }
            for _ in 0..<message.sampleCount {
                guard let sample = journal.next(&cursor) else { return }
                let key = Place(point: sample.point, time: sample.time)
                if recorded[key] == nil { recorded[key] = sample.value }
                storedCount += 1
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
    func value(_ point: PointIndex, at time: Int64) -> Double? {
        recorded[Place(point: point.rawValue, time: time)]
    }

    /// What a restart reads.
    var state: EngineState {
        var state = EngineState()
        state.alarms = alarms.values.sorted { $0.subject.description < $1.subject.description }
        state.delays = delays.values.sorted { $0.subject.description < $1.subject.description }
        state.periods = periods
        state.withdrawals = withdrawals.values.sorted { $0.subject.description < $1.subject.description }
        state.tasks = tasks.values.filter(\.isOpen).sorted { $0.id.description < $1.id.description }
        state.gateways = gateways
        state.samples = newest.values.sorted { $0.point < $1.point }
        state.watches = watches.sorted { $0.key < $1.key }.map { (PointIndex(Int($0.key)), $0.value) }
        state.recentMessages = recentMessages
        state.lastSequence = events.last?.sequence ?? 0
        for event in events { state.lastSequenceBySite[event.site] = event.sequence }
        state.accounting = accounting
        if let last = events.last?.time {
            let start = state.annunciationStart(last: last)
            state.annunciations = events.filter { $0.time >= start }.compactMap { MemoryStore.annunciation($0) }
        }
        return state
    }

    private static func annunciation(_ event: Event) -> LoggedEvent? {
        guard let kind = LoggedKind(type: event.type) else { return nil }
        var logged = LoggedEvent(kind, at: event.time, site: event.site, subject: event.subject)
        guard EventScanner.read(event.body, into: &logged) else { return nil }
        return logged.isAnnunciation && logged.concernsOperators ? logged : nil
    }
}
