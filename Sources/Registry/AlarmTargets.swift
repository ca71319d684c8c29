import Settings

/// What the figures of an alarm system are held against, for one operator position: recommendations, not law.
/// `schemas/kpi.md` says what each figure counts.
package struct AlarmTargets: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case load, flood, chattering, fleeting, stale, priorities
    }

    package enum LoadKey: String, SectionKey {
        case source, average, peak
        case mostAverage = "most_average"
        case intervalsAbove = "above_peak_percent"
        case mostFrequent = "most_frequent_percent"
    }

    package enum FloodKey: String, SectionKey {
        case source
        case startsAbove = "starts_above"
        case endsBelow = "ends_below"
        case time = "time_percent"
    }

    /// The keys of `chattering` and `fleeting`.
    package enum WithinKey: String, SectionKey {
        case source
        case within = "within_s"
    }

    package enum StaleKey: String, SectionKey {
        case source
        case after = "after_h"
        case fewerThan = "fewer_than"
    }

    package enum PriorityKey: String, SectionKey {
        case source
        case low = "low_percent"
        case medium = "medium_percent"
        case high = "high_percent"
    }

    /// Alarms per 10 minutes on average: what is likely to be acceptable, and the most that can be managed.
    package var average: Double
    package var mostAverage: Double
    /// The most alarms in any 10 minutes.
    package var peak: Int
    /// Less than this share of all 10-minute intervals should bring more alarms than `peak`.
    package var intervalsAbove: Double
    /// The ten most frequent alarms should make at most this share of all.
    package var mostFrequent: Double
    package var flood: FloodRule
    /// Less than this share of the time should be flood.
    package var floodTime: Double
    /// Three transitions within so many milliseconds are chattering.
    package var chatterWindow: Int64
    /// An alarm that returned within so many milliseconds, before anybody acted, was fleeting.
    package var fleetingWithin: Int64
    /// An alarm active and shown for longer than this is stale, in milliseconds.
    package var staleAfter: Int64
    /// Fewer than so many should be stale at once.
    package var stale: Int
    /// Shares of annunciated alarms by priority: high counts critical in.
    package var lowShare: Double
    package var mediumShare: Double
    package var highShare: Double
    /// Where each group is from.
    package var sources: [Key: FigureSource]

    package init(
        average: Double, mostAverage: Double, peak: Int, intervalsAbove: Double, mostFrequent: Double,
        flood: FloodRule, floodTime: Double, chatterWindow: Int64, fleetingWithin: Int64, staleAfter: Int64,
        stale: Int, lowShare: Double, mediumShare: Double, highShare: Double, sources: [Key: FigureSource] = [:]
    ) {
        self.average = average
        self.mostAverage = mostAverage
        self.peak = peak
        self.intervalsAbove = intervalsAbove
        self.mostFrequent = mostFrequent
        self.flood = flood
        self.floodTime = floodTime
        self.chatterWindow = chatterWindow
        self.fleetingWithin = fleetingWithin
        self.staleAfter = staleAfter
        self.stale = stale
        self.lowShare = lowShare
        self.mediumShare = mediumShare
        self.highShare = highShare
        self.sources = sources
    }
}
