import Settings

/// Transmitters that measure the same thing: an entry of a site's `redundant`.
package struct RedundantGroup: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case points
        case deviation
        case within = "within_s"
    }

    /// Positions in `Registry.points`, in the order of the site file. Of two, the first carries the alarm; of more, each
    /// that strays from the middle of all.
    package var points: [Int]
    /// How far a value may be from the others, in the points' unit.
    package var limit: Double
    /// How far apart in time values may be that are held against each other, milliseconds.
    package var within: Int64

    package init(points: [Int], limit: Double, within: Int64) {
        self.points = points
        self.limit = limit
        self.within = within
    }

    /// Those of its points that carry DEVIATION.
    package var carriers: ArraySlice<Int> { RedundantGroup.carriers(of: points) }

    /// Of two the first, of more each.
    static func carriers<Member>(of members: [Member]) -> ArraySlice<Member> {
        members.count == 2 ? members[..<1] : members[...]
    }
}
