import Alarms

/// The life cycle a second time, as a table read off the standard's diagram, to hold `AlarmMachine` against.
enum AlarmLifeCycle {
    enum Input: CaseIterable {
        case activate, deactivate, acknowledge, reset, realarm, retire, dismiss

        var place: Int { Input.allCases.firstIndex(of: self) ?? 0 }
    }

    struct Row {
        let from: AlarmState
        let input: Input
        /// Nil where latching makes no difference.
        var latching: Bool?
        let to: AlarmState
        let announced: [AlarmEventKind]
        var climbs = false
    }

    /// What is not in the table changes nothing and announces nothing.
    static let table: [Row] = [
        Row(from: .normal, input: .activate, to: .unacknowledged, announced: [.raised], climbs: true),

        Row(from: .unacknowledged, input: .acknowledge, to: .acknowledged, announced: [.acknowledged]),
        Row(
            from: .unacknowledged, input: .deactivate, latching: false, to: .returnedUnacknowledged,
            announced: [.returned]),
        Row(
            from: .unacknowledged, input: .deactivate, latching: true, to: .latchedUnacknowledged,
            announced: [.returned]),
        Row(from: .unacknowledged, input: .retire, to: .returnedUnacknowledged, announced: []),

        Row(
            from: .acknowledged, input: .deactivate, latching: false, to: .normal, announced: [.returned, .cleared]),
        Row(
            from: .acknowledged, input: .deactivate, latching: true, to: .latchedAcknowledged,
            announced: [.returned]),
        Row(from: .acknowledged, input: .realarm, to: .unacknowledged, announced: [.realarmed], climbs: true),
        Row(from: .acknowledged, input: .retire, to: .normal, announced: [.cleared]),

        Row(from: .returnedUnacknowledged, input: .activate, to: .unacknowledged, announced: [.raised]),
        Row(from: .returnedUnacknowledged, input: .acknowledge, to: .normal, announced: [.acknowledged, .cleared]),

        Row(from: .latchedUnacknowledged, input: .activate, to: .unacknowledged, announced: [.raised], climbs: true),
        Row(
            from: .latchedUnacknowledged, input: .acknowledge, to: .latchedAcknowledged, announced: [.acknowledged]),
        Row(from: .latchedUnacknowledged, input: .retire, to: .returnedUnacknowledged, announced: []),

        Row(from: .latchedAcknowledged, input: .activate, to: .unacknowledged, announced: [.raised], climbs: true),
        Row(from: .latchedAcknowledged, input: .reset, to: .normal, announced: [.reset, .cleared]),
        Row(from: .latchedAcknowledged, input: .retire, to: .normal, announced: [.cleared]),

        Row(from: .unacknowledged, input: .dismiss, to: .normal, announced: [.returned, .cleared]),
        Row(from: .acknowledged, input: .dismiss, to: .normal, announced: [.returned, .cleared]),
        Row(from: .returnedUnacknowledged, input: .dismiss, to: .normal, announced: [.cleared]),
        Row(from: .latchedUnacknowledged, input: .dismiss, to: .normal, announced: [.cleared]),
        Row(from: .latchedAcknowledged, input: .dismiss, to: .normal, announced: [.cleared]),
    ]

    static func row(_ state: AlarmState, _ input: Input, isLatching: Bool) -> Row? {
        byPlace[place(state, input, isLatching)]
    }

    /// The table's rows where `place` has them.
    private static let byPlace: [Row?] = {
        var rows = [Row?](repeating: nil, count: 2 * AlarmState.allCases.count * Input.allCases.count)
        for row in table {
            for isLatching in [false, true] where row.latching ?? isLatching == isLatching {
                rows[place(row.from, row.input, isLatching)] = row
            }
        }
        return rows
    }()

    private static func place(_ state: AlarmState, _ input: Input, _ isLatching: Bool) -> Int {
        (Int(state.rawValue) * Input.allCases.count + input.place) * 2 + (isLatching ? 1 : 0)
    }

    static func apply(_ input: Input, to machine: inout AlarmMachine) -> AlarmMachine.Transition? {
        switch input {
        case .activate: machine.activate()
        case .deactivate: machine.deactivate()
        case .acknowledge: machine.acknowledge()
        case .reset: machine.reset()
        case .realarm: machine.realarm()
        case .retire: machine.retire()
        case .dismiss: machine.dismiss()
        }
    }
}
