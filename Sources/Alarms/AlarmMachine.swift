/// The alarm life cycle of IEC 62682 / ISA-18.2 with latching and re-alarm, as a value: one method an
/// event, each returning what is to be announced, or nil where the event changes nothing.
package struct AlarmMachine: Hashable, Sendable {
    package private(set) var state: AlarmState
    package var isLatching: Bool

    package init(state: AlarmState = .normal, isLatching: Bool = false) {
        self.state = state
        self.isLatching = isLatching
    }

    /// What one event did to the alarm.
    package struct Transition: Hashable, Sendable {
        /// Kinds of event to record, in order.
        package let announcements: [AlarmEventKind]
        /// Whether the escalation starts from its first tier.
        package let startsClimb: Bool

        init(_ announcements: AlarmEventKind..., startsClimb: Bool = false) {
            self.announcements = announcements
            self.startsClimb = startsClimb
        }
    }

    /// The condition became true.
    package mutating func activate() -> Transition? {
        switch state {
        case .normal, .latchedUnacknowledged, .latchedAcknowledged:
            state = .unacknowledged
            return Transition(.raised, startsClimb: true)
        case .returnedUnacknowledged:
            state = .unacknowledged
            return Transition(.raised)
        case .unacknowledged, .acknowledged:
            return nil
        }
    }

    /// The condition became false.
    package mutating func deactivate() -> Transition? {
        switch state {
        case .unacknowledged:
            state = isLatching ? .latchedUnacknowledged : .returnedUnacknowledged
            return Transition(.returned)
        case .acknowledged where isLatching:
            state = .latchedAcknowledged
            return Transition(.returned)
        case .acknowledged:
            state = .normal
            return Transition(.returned, .cleared)
        case .normal, .returnedUnacknowledged, .latchedUnacknowledged, .latchedAcknowledged:
            return nil
        }
    }

    /// An operator has seen the alarm.
    package mutating func acknowledge() -> Transition? {
        switch state {
        case .unacknowledged:
            state = .acknowledged
            return Transition(.acknowledged)
        case .returnedUnacknowledged:
            state = .normal
            return Transition(.acknowledged, .cleared)
        case .latchedUnacknowledged:
            state = .latchedAcknowledged
            return Transition(.acknowledged)
        case .normal, .acknowledged, .latchedAcknowledged:
            return nil
        }
    }

    /// An operator releases the latch; refused (nil) while the condition is true or not acknowledged.
    package mutating func reset() -> Transition? {
        guard state == .latchedAcknowledged else { return nil }
        state = .normal
        return Transition(.reset, .cleared)
    }

    /// The re-alarm time has passed with the condition still true.
    package mutating func realarm() -> Transition? {
        guard state == .acknowledged else { return nil }
        state = .unacknowledged
        return Transition(.realarmed, startsClimb: true)
    }

    /// The rule behind the alarm is gone: what nobody has seen stays until it is seen, the rest ends.
    package mutating func retire() -> Transition? {
        isLatching = false
        switch state {
        case .acknowledged, .latchedAcknowledged:
            state = .normal
            return Transition(.cleared)
        case .unacknowledged, .latchedUnacknowledged:
            state = .returnedUnacknowledged
            return Transition()
        case .normal, .returnedUnacknowledged:
            return nil
        }
    }

    /// Ends an episode whatever is open: one that was never announced because it arose and returned while suppressed, or an
    /// exercise whose time is over.
    package mutating func dismiss() -> Transition? {
        guard state != .normal else { return nil }
        let wasActive = state.isActive
        state = .normal
        return wasActive ? Transition(.returned, .cleared) : Transition(.cleared)
    }
}
