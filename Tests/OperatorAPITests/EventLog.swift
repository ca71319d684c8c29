import Alarms
import Pipeline
import Store
import Synchronization
import Telemetry

/// Writes events and alarms into a state as the pipeline does, one commit after the other.
final class EventLog: Sendable {
    private let database: StateDatabase
    private let last = Mutex<Int64>(0)

    var newest: Int64 { last.withLock { $0 } }

    init(_ database: StateDatabase) {
        self.database = database
    }

    /// Commits so many events of a site.
    /// - Parameter padding: bytes that each is longer by.
    func add(_ count: Int, site: String, padding: Int = 0) throws {
        try commit(AlarmSubject(site: site, object: "LT-1", condition: .highHigh), count, padding: padding)
    }

    /// Commits an alarm that stands, with its event.
    func raise(_ subject: AlarmSubject, _ episode: ULID) throws {
        try commit(subject, 1, padding: 0) { $0.alarms = [subject: EventLog.alarm(subject, episode)] }
    }

    private func commit(
        _ subject: AlarmSubject, _ count: Int, padding: Int, _ more: (inout Effects) -> Void = { _ in }
    ) throws {
        var effects = Effects()
        more(&effects)
        let alarm = EventLog.alarm(subject, ULID(high: 1, low: 1))
        let comment = padding == 0 ? nil : String(repeating: "x", count: padding)
        effects.events = (0..<count).map { offset in
            let sequence = newest + 1 + Int64(offset)
            return Event(
                node: "n1", sequence: sequence, previous: nil, id: ULID(high: 1, low: UInt64(sequence)),
                type: "hazard.alarm.raised.v1", site: subject.site, subject: subject.description, time: 5,
                data: alarm.json(comment: comment))
        }
        try database.commit(effects, gatewayRecord: { _ in GatewayRecord() }, at: 5)
        last.withLock { $0 += Int64(count) }
    }

    private static func alarm(_ subject: AlarmSubject, _ episode: ULID) -> Alarm {
        Alarm(
            subject: subject, episode: episode, machine: AlarmMachine(state: .unacknowledged), priority: .critical,
            receivedAt: 5, raisedAt: 5)
    }
}
