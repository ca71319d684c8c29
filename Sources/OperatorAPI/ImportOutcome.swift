/// What became of samples that were handed in.
package enum ImportOutcome: Sendable, Hashable {
    /// How many are on record now.
    case stored(Int)
    /// None is; why, and what would be right.
    case refused(String)
}
