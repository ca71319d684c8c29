/// What ends an escalation.
package enum StopEvent: String, CaseIterable, Sendable {
    case acknowledged, confirmed, returned
}
