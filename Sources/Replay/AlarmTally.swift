package import Telemetry

/// What became of one alarm between one side of a replay and the other.
package struct AlarmTally: Sendable, Hashable {
    /// Raised at the same time on both sides.
    package internal(set) var same = 0
    package internal(set) var earlier = 0
    package internal(set) var later = 0
    package internal(set) var new = 0
    package internal(set) var gone = 0
    /// Of those on both sides, how many have another priority.
    package internal(set) var reprioritised = 0
    /// Of all that moved: milliseconds, negative for earlier.
    package internal(set) var totalShift: Int64 = 0
    package internal(set) var greatestShift: Int64 = 0
    /// The last one of each side.
    package private(set) var priorityBefore: Priority?
    package private(set) var priorityAfter: Priority?

    package var before: Int { same + earlier + later + gone }
    package var after: Int { same + earlier + later + new }
    package var isSame: Bool { earlier + later + new + gone + reprioritised == 0 }
    package var meanShift: Int64? { earlier + later > 0 ? totalShift / Int64(earlier + later) : nil }

    mutating func note(before priority: Priority) { priorityBefore = priority }
    mutating func note(after priority: Priority) { priorityAfter = priority }
}
