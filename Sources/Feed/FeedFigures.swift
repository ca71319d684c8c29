package import Pipeline

/// What the heartbeat says of the daemon.
package struct FeedFigures: Sendable {
    package var accounting: Accounting
    /// Milliseconds from the receipt of the last burst's first message to its commit.
    package var lag: Int64
    /// When the pipeline last finished a turn, on the monotonic clock.
    package var lastTurn: Int64

    package init(accounting: Accounting = Accounting(), lag: Int64 = 0, lastTurn: Int64 = 0) {
        self.accounting = accounting
        self.lag = lag
        self.lastTurn = lastTurn
    }
}
