/// What a request to compact came to.
package struct HistoryOutcome: Sendable, Hashable {
    /// Samples moved from the journal into day files.
    package var samples: Int64 = 0
    /// Days sealed.
    package var days = 0

    package init() {}
}
