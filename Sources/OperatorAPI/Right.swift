/// What a request may ask for.
package enum Right: String, Sendable, CaseIterable {
    case read
    /// Acknowledge, confirm, reset, shelve, unshelve, requeue.
    case act
    /// Take alarms out of service and back, exercise them.
    case withdraw
    /// Claim escalations and answer for them.
    case consume
    /// Reload, import, compact.
    case configure
    /// See who did what.
    case audit

    /// Whether it is no matter of one area.
    var concernsTheNode: Bool { self == .configure || self == .audit }
}
