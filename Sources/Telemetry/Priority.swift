/// How urgently an alarm wants action: 红 橙 黄 蓝.
package enum Priority: UInt8, CaseIterable, Sendable, Comparable {
    case low = 1
    case medium = 2
    case high = 3
    case critical = 4

    package var name: String {
        switch self {
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        case .critical: "critical"
        }
    }

    package init?(name: String) {
        guard let match = Priority.allCases.first(where: { $0.name == name }) else { return nil }
        self = match
    }

    /// The priority this many steps below, but not below `low`.
    package func lowered(by steps: UInt8) -> Priority {
        Priority(rawValue: rawValue > steps ? rawValue - steps : 1) ?? .low
    }

    /// The priority this many steps above, but not above `critical`.
    package func raised(by steps: UInt8) -> Priority {
        Priority(rawValue: min(rawValue + steps, Priority.critical.rawValue)) ?? .critical
    }

    package static func < (left: Priority, right: Priority) -> Bool {
        left.rawValue < right.rawValue
    }
}
