import AlarmFigures
import Alarms
import Escalation
import Pipeline
import Registry
import Rehearsal
import Telemetry

/// Keeps all that a commit would put on disk: what a start reads back, and the logs besides.
struct MemoryStore {
    private var committed: CommittedState
    private(set) var events: [Event] = []
    private(set) var quarantine: [QuarantineEntry] = []
    private(set) var unmapped: [UnmappedTag: Int64] = [:]
    private(set) var actions: [OperatorActionRecord] = []
    private(set) var storedCount = 0

    init(_ registry: Registry) {
        committed = CommittedState(registry)
    }

    var accounting: Accounting { committed.accounting }
    var tasks: [ULID: EscalationTask] { committed.tasks }

    mutating func apply(_ effects: Effects, registry: Registry, record: (Int) -> GatewayRecord) {
        committed.apply(effects, registry: registry, record: record)
        events += effects.events
        quarantine += effects.quarantine
        unmapped.merge(effects.unmapped) { $0 + $1 }
        actions += effects.actions
        storedCount += effects.journal.sampleCount
    }

    /// What the journal look-up finds.
    func value(_ point: PointIndex, at time: Int64) -> Double? { committed.value(point, at: time) }

    /// What a restart reads.
    var state: EngineState {
        var state = committed.engineState
        if let last = events.last?.time {
            let start = state.annunciationStart(last: last)
            state.annunciations = events.filter { $0.time >= start }.compactMap { MemoryStore.annunciation($0) }
        }
        return state
    }

    private static func annunciation(_ event: Event) -> LoggedEvent? {
        guard let kind = AlarmEventKind(loggedType: event.type) else { return nil }
        var logged = LoggedEvent(kind, at: event.time, site: event.site, subject: event.subject)
        guard EventScanner.read(event.body, into: &logged) else { return nil }
        return logged.isAnnunciation && logged.concernsOperators ? logged : nil
    }
}
