/// What a webhook target's deliveries show, since the target was put in force.
package struct WebhookFigures: Sendable, Hashable {
    /// Why an attempt failed, as a metric's label says it.
    package enum Failure: String, CaseIterable, Sendable {
        /// A 4xx that the same message would get again.
        case refused
        case timeout
        case connection
        /// 3xx: not followed.
        case redirect
        /// 408 and 429.
        case throttled
        /// 5xx.
        case server
        /// 410.
        case gone
    }

    package var delivered: Int64 = 0
    package var failures: [Failure: Int64] = [:]
    /// Attempts that were not an event's first.
    package var retries: Int64 = 0
    package var isCircuitOpen = false
    /// Whether the target answered 410 and is left alone.
    package var isGone = false
    /// Every wanted event up to here is delivered or passed over.
    package var cursor: Int64

    package init(cursor: Int64) {
        self.cursor = cursor
    }
}
