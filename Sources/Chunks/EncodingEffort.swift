/// How long it may take to make a chunk small.
package enum EncodingEffort: Sendable {
    /// For what is soon encoded anew.
    case quick
    /// For what stays: among predictors that seem as good, and levels of zstd, the smallest result counts.
    case thorough
}
