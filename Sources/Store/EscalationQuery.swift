package import Escalation
package import Telemetry

/// Which tasks of the escalation queue are looked for.
package struct EscalationQuery: Sendable {
    /// Also tasks whose climb has ended.
    package var includesClosed = false
    /// All of them if there are none.
    package var states: Set<EscalationTask.State> = []
    package var tier: String?
    package var site: String?
    /// Only tasks older than this one.
    package var before: ULID?
    package var limit: Int

    package init(limit: Int) {
        self.limit = limit
    }

    func matches(_ task: EscalationTask) -> Bool {
        (includesClosed || !task.isClosed) && (states.isEmpty || states.contains(task.state))
            && (tier == nil || task.tier == tier) && (site == nil || task.site == site)
    }
}
