import Alarms
import Telemetry
import Testing

@Suite("What an exchange of rules does to alarms")
struct AlarmChangesTests {
    private static func alarm(_ object: String, _ state: AlarmState) -> Alarm {
        Alarm(
            subject: AlarmSubject(site: "a", object: object, condition: .high),
            episode: ULID(high: 1, low: 2), machine: AlarmMachine(state: state), priority: .high,
            receivedAt: 1_000, raisedAt: 1_000)
    }

    @Test("is told of each whose state is another, by name; the others are counted")
    func changes() {
        let before = [
            AlarmChangesTests.alarm("D", .acknowledged), AlarmChangesTests.alarm("B", .unacknowledged),
            AlarmChangesTests.alarm("A", .acknowledged),
        ]
        let after = [
            AlarmChangesTests.alarm("A", .acknowledged), AlarmChangesTests.alarm("C", .unacknowledged),
            AlarmChangesTests.alarm("B", .returnedUnacknowledged),
        ]
        let found = AlarmChanges(from: before, to: after)
        #expect(found.kept == 1)
        #expect(found.changes.map(\.subject.object) == ["B", "C", "D"])
        #expect(found.changes.map(\.before) == [.unacknowledged, .normal, .acknowledged])
        #expect(found.changes.map(\.after) == [.returnedUnacknowledged, .unacknowledged, .normal])
    }
}
