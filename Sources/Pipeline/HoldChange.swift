/// What a burst does to a hold. The times on disk never shrink: they grow to cover these too.
package struct HoldChange: Sendable, Hashable {
    package var hold: Hold
    /// False where only a hold that there is already grows.
    package var begins: Bool

    package init(_ hold: Hold, begins: Bool) {
        self.hold = hold
        self.begins = begins
    }

    /// Both, one after the other.
    mutating func merge(_ later: HoldChange) {
        hold.times =
            min(
                hold.times.lowerBound, later.hold.times.lowerBound)...max(
                hold.times.upperBound, later.hold.times.upperBound)
        begins = begins || later.begins
    }
}
