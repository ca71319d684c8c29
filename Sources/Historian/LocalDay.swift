/// A calendar day in the node's time zone, written `YYYY-MM-DD`.
package struct LocalDay: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let description: String
    /// Its first millisecond and the one after its last, in UTC milliseconds; 23 to 25 hours apart.
    package let times: Range<Int64>

    package init(description: String, times: Range<Int64>) {
        self.description = description
        self.times = times
    }

    package static func < (left: LocalDay, right: LocalDay) -> Bool {
        left.description < right.description
    }
}
