package import Alarms
package import Escalation
package import Registry
package import Telemetry

/// All that follows from one burst of inputs; committed in one transaction or not at all.
package struct Effects: Sendable {
    package var journal = JournalBatch()
    package var events: [Event] = []
    /// Alarms that changed; nil for those that are normal again.
    package var alarms: [AlarmSubject: Alarm?] = [:]
    /// Delays that changed; nil for those that no longer run.
    package var delays: [AlarmSubject: Delay?] = [:]
    /// Withdrawals that changed; nil for those that ended.
    package var withdrawals: [AlarmSubject: Withdrawal?] = [:]
    /// The special periods now in force, where that changed.
    package var periods: [String]?
    /// Escalation tasks that changed, in the order in which they first did.
    package private(set) var tasks: [TaskChange] = []
    private var taskPlaces: [ULID: Int] = [:]
    /// The policies that episodes were born under; nil for episodes that have ended.
    package var policies: [ULID: EscalationPolicy?] = [:]
    /// Stretches of the record to be held from retention, by episode.
    package var holds: [ULID: HoldChange] = [:]
    /// Gateways whose record changed, by index.
    package var gateways: Set<Int> = []
    package var quarantine: [QuarantineEntry] = []
    package var unmapped: [UnmappedTag: Int64] = [:]
    package var actions: [OperatorActionRecord] = []
    /// The totals after this burst.
    package var accounting = Accounting()

    package init() {}

    /// Whether there is nothing to commit but totals.
    package var isEmpty: Bool {
        journal.isEmpty && events.isEmpty && alarms.isEmpty && delays.isEmpty && withdrawals.isEmpty && periods == nil
            && tasks.isEmpty && policies.isEmpty && holds.isEmpty && gateways.isEmpty && quarantine.isEmpty
            && unmapped.isEmpty && actions.isEmpty
    }

    /// Takes on how an escalation task is now.
    /// - Parameter former: how it was before this change; nil if it is new, or that is not known.
    package mutating func keep(_ task: EscalationTask, former: EscalationTask? = nil) {
        let isOfClaimOnly = former.map { task.differsInClaimOnly(from: $0) } ?? false
        if let place = taskPlaces[task.id] {
            tasks[place].task = task
            tasks[place].isOfClaimOnly = tasks[place].isOfClaimOnly && isOfClaimOnly
        } else {
            taskPlaces[task.id] = tasks.count
            tasks.append(TaskChange(task: task, isOfClaimOnly: isOfClaimOnly))
        }
    }

    /// Forgets everything but the totals.
    package mutating func removeAll() {
        journal.removeAll()
        events.removeAll(keepingCapacity: true)
        alarms.removeAll(keepingCapacity: true)
        delays.removeAll(keepingCapacity: true)
        withdrawals.removeAll(keepingCapacity: true)
        periods = nil
        tasks.removeAll(keepingCapacity: true)
        taskPlaces.removeAll(keepingCapacity: true)
        policies.removeAll(keepingCapacity: true)
        holds.removeAll(keepingCapacity: true)
        gateways.removeAll(keepingCapacity: true)
        quarantine.removeAll(keepingCapacity: true)
        unmapped.removeAll(keepingCapacity: true)
        actions.removeAll(keepingCapacity: true)
    }
}
