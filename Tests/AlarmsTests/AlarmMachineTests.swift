import Alarms
import Telemetry
import Testing

@Suite("The alarm machine")
struct AlarmMachineTests {
    @Test("does with every event in every state what the table says", arguments: AlarmState.allCases, [false, true])
    func everyStateAndEvent(state: AlarmState, isLatching: Bool) {
        for input in AlarmLifeCycle.Input.allCases {
            var machine = AlarmMachine(state: state, isLatching: isLatching)
            let transition = AlarmLifeCycle.apply(input, to: &machine)
            let expected = AlarmLifeCycle.row(state, input, isLatching: isLatching)
            #expect(machine.state == expected?.to ?? state, "\(state) \(input) latching \(isLatching)")
            #expect(transition?.announcements == expected?.announced, "\(state) \(input) latching \(isLatching)")
            #expect(transition?.startsClimb == expected?.climbs, "\(state) \(input) latching \(isLatching)")
        }
    }

    @Test("keeps to the table through 1,000,000 random histories")
    func randomHistories() {
        var random = RandomState(seed: 17)
        var wrong = 0
        for history in 0..<1_000_000 {
            var isLatching = random.next() & 1 == 1
            var machine = AlarmMachine(isLatching: isLatching)
            var state = AlarmState.normal
            for _ in 0..<12 {
                guard let input = AlarmLifeCycle.Input.allCases.randomElement(using: &random) else { return }
                let expected = AlarmLifeCycle.row(state, input, isLatching: isLatching)
                let transition = AlarmLifeCycle.apply(input, to: &machine)
                state = expected?.to ?? state
                // A rule that is gone latches nothing any more.
                if input == .retire { isLatching = false }
                if machine.state != state || transition?.announcements != expected?.announced { wrong += 1 }
            }
            if wrong > 0 {
                Issue.record("history \(history) of seed 17 departs from the table")
                return
            }
        }
    }

    @Test("never leaves an active, unseen alarm but through a person or its return", arguments: [false, true])
    func unseenAlarmStays(isLatching: Bool) {
        var machine = AlarmMachine(isLatching: isLatching)
        _ = machine.activate()
        #expect(machine.reset() == nil)
        #expect(machine.realarm() == nil)
        #expect(machine.activate() == nil)
        #expect(machine.state == .unacknowledged)
        _ = machine.deactivate()
        #expect(machine.reset() == nil)
        #expect(machine.state.awaitsAcknowledgement)
    }

    @Test("states agree about what they say of themselves")
    func stateFacts() {
        #expect(AlarmState.allCases.filter(\.isActive) == [.unacknowledged, .acknowledged])
        #expect(
            AlarmState.allCases.filter(\.awaitsAcknowledgement) == [
                .unacknowledged, .returnedUnacknowledged, .latchedUnacknowledged,
            ])
        #expect(
            AlarmState.allCases.map(\.name) == [
                "normal", "unacknowledged", "acknowledged", "returned_unacknowledged", "latched_unacknowledged",
                "latched_acknowledged",
            ])
        // Stored: they never change.
        #expect(AlarmState.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5])
    }
}
