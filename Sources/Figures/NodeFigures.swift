package import AlarmFigures
package import Pipeline

/// What the running daemon shows of itself, beside what its store tells.
package struct NodeFigures: Sendable {
    /// The accounting sum, committed.
    package var accounting = Accounting()
    /// From the receipt of the last burst's first message to its commit, in nanoseconds.
    package var lag: Int64 = 0
    /// When the pipeline last finished a turn, on the monotonic clock.
    package var lastTurn: Int64
    /// Samples received by a burst.
    package var burstSamples = Histogram([0, 1, 10, 100, 1_000, 10_000, 50_000, 100_000])
    package var commitSeconds = Histogram.seconds
    /// From reading a burst's first message to its commit.
    package var receiptToCommitSeconds = Histogram.seconds
    /// From the newest sample's own time to its commit: the source's clock and the way from there are in it.
    package var sampleAgeSeconds = Histogram([0.01, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 600, 3_600])
    package var commitFailures: Int64 = 0
    /// Whether the last commit failed.
    package var isStoreFailing = false
    /// Whether reading waits for space on the disk.
    package var isHolding = false
    /// Whether telemetry is subscribed to.
    package var isSubscribed = false
    package var hasCommitted = false
    package var brokerLosses: Int64 = 0
    package var isFeedConnected = false
    /// Publications of the feed without the broker's acknowledgement.
    package var publicationsUnderWay = 0
    package var sites = 0
    package var points = 0
    package var gateways = 0
    package var gatewaysOffline = 0
    /// Consumers that wait for an escalation to claim.
    package var waitingClaims = 0
    /// Escalations that wait for a consumer; those a consumer holds or that are tried again; those that failed too often.
    package var escalations = (ready: 0, underWay: 0, deadLetters: 0)
    package var alarms = LiveFigures()
    /// By target.
    package var webhooks: [String: WebhookFigures] = [:]

    package init(lastTurn: Int64 = 0) {
        self.lastTurn = lastTurn
    }

    /// How long the pipeline may take for a turn before the daemon counts as stuck, in milliseconds.
    package static let longestTurn: Int64 = 10_000

    /// Why the daemon is not alive; nil if it is.
    package func complaint(at monotonic: Int64) -> String? {
        let idle = monotonic - lastTurn
        return idle > NodeFigures.longestTurn ? "the pipeline has not finished a turn for \(idle) ms" : nil
    }

    /// Why telemetry is not being recorded; empty if it is.
    package func obstacles(at monotonic: Int64) -> [String] {
        var obstacles: [String] = []
        if let complaint = complaint(at: monotonic) { obstacles.append(complaint) }
        if !isSubscribed { obstacles.append("telemetry is not subscribed to: no broker answers, or it refuses") }
        if !hasCommitted { obstacles.append("nothing was committed yet") }
        if isStoreFailing { obstacles.append("the last commit failed") }
        if isHolding { obstacles.append("the disk is full: reading waits for space") }
        return obstacles
    }
}
