/// How far a source's clock may be off before that is an alarm.
package struct ClockSettings: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case futureLimit = "future_limit_s"
        case lagLimit = "lag_limit_s"
    }

    /// Milliseconds ahead of receipt; messages beyond it are shifted to receipt.
    package var futureLimit: Int64
    /// Milliseconds behind receipt, compared with the median of 20 messages.
    package var lagLimit: Int64

    package init(futureLimit: Int64 = 300_000, lagLimit: Int64 = 600_000) {
        self.futureLimit = futureLimit
        self.lagLimit = lagLimit
    }

    init(_ section: Section<Key>) {
        self.init()
        futureLimit = section[.futureLimit]?.seconds(in: 1...31_536_000) ?? futureLimit
        lagLimit = section[.lagLimit]?.seconds(in: 1...31_536_000) ?? lagLimit
    }
}
