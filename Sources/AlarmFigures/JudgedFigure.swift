/// One figure beside what is recommended for it.
package struct JudgedFigure: Sendable, Hashable {
    /// Figures by the names that JSON has for them.
    package enum Name: String, CaseIterable, Sendable {
        case averagePerTenMinutes = "average_per_10_min"
        case averagePerHour = "average_per_hour"
        case averagePerDay = "average_per_day"
        case peak = "peak_10_min"
        case intervalsAbove = "intervals_above_share"
        case floodTime = "flood_time_share"
        case mostFrequent = "most_frequent_share"
        case chattering
        case fleeting
        case stale
        case lowPriority = "low_priority_share"
        case mediumPriority = "medium_priority_share"
        case highPriority = "high_priority_share"
        case medianAcknowledgement = "acknowledge_median_ms"
        case slowAcknowledgement = "acknowledge_p90_ms"
        case longestAcknowledgement = "acknowledge_longest_ms"
        case unauthorisedSuppression = "unauthorised_suppression"
    }

    package enum Verdict: String, Sendable {
        case ok
        case over
    }

    package let name: Name
    /// Shares are of 1. Nil where there is nothing to take it from.
    package let value: Double?
    /// What is aimed at; nil where no recommendation is known.
    package let target: Double?
    /// What the verdict goes by; nil where there is none.
    package let limit: Double?
    /// Whether the limit itself is still right.
    package let allowsLimit: Bool
    /// Nil where the figure is not judged: no recommendation, nothing to judge, or another scope than it is meant for.
    package let verdict: Verdict?

    init(
        _ name: Name, _ value: Double?, target: Double? = nil, limit: Double? = nil, allowsLimit: Bool = true,
        isJudged: Bool = true
    ) {
        self.name = name
        self.value = value
        self.target = target ?? limit
        self.limit = limit
        self.allowsLimit = allowsLimit
        if let value, let limit, isJudged {
            verdict = value < limit || (allowsLimit && value == limit) ? .ok : .over
        } else {
            verdict = nil
        }
    }
}
