/// When alarms come to an operator position faster than a person can deal with them.
package struct FloodRule: Hashable, Sendable {
    /// A flood begins when more than so many were annunciated within the window.
    package let startsAbove: Int
    /// It ends when fewer than so many were.
    package let endsBelow: Int

    package init(startsAbove: Int, endsBelow: Int) {
        self.startsAbove = startsAbove
        self.endsBelow = endsBelow
    }

    /// How far back the rate is counted, in milliseconds: ten minutes, by which all recommendations are given.
    package static let window: Int64 = 600_000
}
