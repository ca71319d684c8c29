/// What can happen to an alarm, by the event types of the contract.
package enum AlarmEventKind: String, CaseIterable, Sendable {
    case raised
    case returned
    case cleared
    case acknowledged
    case confirmed
    case reset
    case realarmed
    case shelved
    case unshelved
    case suppressed
    case unsuppressed
    case removedFromService = "removed_from_service"
    case returnedToService = "returned_to_service"
    case late

    /// The CloudEvents `type`.
    package var type: String { "hazard.alarm.\(rawValue).v1" }
}
