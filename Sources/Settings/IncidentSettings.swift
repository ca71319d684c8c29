/// Which alarms are incidents, and how much of the record around one is held from retention.
package struct IncidentSettings: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case priority, before, after
    }

    /// By the words of the contract, the least urgent first.
    package enum Priority: String, CaseIterable, Sendable {
        case low, medium, high, critical
    }

    /// Alarms of this priority and above are incidents.
    package var priority: Priority
    /// How long before the raise the held record begins, in milliseconds.
    package var before: Int64
    /// How long after the last raise, return or clearing of the episode it ends, in milliseconds.
    package var after: Int64

    package init(priority: Priority = .critical, before: Int64 = 600_000, after: Int64 = 600_000) {
        self.priority = priority
        self.before = before
        self.after = after
    }

    init(_ section: Section<Key>) {
        self.init()
        priority = section[.priority]?.choice(Priority.self) ?? priority
        before = section[.before]?.duration() ?? before
        after = section[.after]?.duration() ?? after
    }
}
