import Alarms
import Telemetry

/// Events as a node makes them, for the tests of their delivery.
enum SampleEvent {
    /// - Parameter subject: `site/object/CONDITION`.
    static func make(
        _ sequence: Int64, subject: String = "shengli/LT-1/H", type: String = "hazard.alarm.raised.v1",
        data: String = #"{"value":9.5,"text":"罐区 \"A\""}"#
    ) -> Event {
        Event(
            node: "n1", sequence: sequence, previous: sequence > 1 ? sequence - 1 : nil,
            id: identifier(sequence), type: type,
            site: subject.split(separator: "/").first.map { String($0) } ?? "", subject: subject,
            time: 1_763_880_000_000 + sequence, data: data)
    }

    /// The event's `id`.
    static func identifier(_ sequence: Int64) -> ULID {
        ULID(high: UInt64(sequence), low: 7)
    }
}
