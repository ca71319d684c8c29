package import Alarms
package import Telemetry

/// The figures of one scope: all that was read, a site, or an operator position.
package struct ScopeFigures: Sendable, Hashable {
    /// An alarm and how often.
    package struct Frequency: Sendable, Hashable {
        package let subject: String
        package let count: Int
        /// Its part of the scope's load.
        package let share: Double
    }

    package struct Flood: Sendable, Hashable {
        /// When the rate rose above the limit, and when it fell below the lower one; nil while it goes on.
        package let start: Int64
        package let end: Int64?
        /// Alarms, from the first-out on.
        package let count: Int
        /// The most within ten minutes.
        package let peak: Int
        package let firstOut: String
        package let firstOutAt: Int64
        /// The most frequent.
        package let subjects: [Frequency]
    }

    package struct Chatter: Sendable, Hashable {
        package let subject: String
        /// Stretches of chattering, the transitions in them, and when the last one was.
        package let stretches: Int
        package let transitions: Int
        package let latest: Int64
        package let proposal: ChatterProposal
    }

    /// An alarm that stands for long.
    package struct Standing: Sendable, Hashable {
        package let subject: String
        package let since: Int64
    }

    /// Empty for all that was read.
    package let name: String
    /// Operator positions that had alarms in it, those of node and shared gateways not counted.
    package let positions: Int
    /// In the order in which they are shown.
    package var figures: [JudgedFigure] = []
    package var annunciated = 0
    package var byPriority: [Priority: Int] = [:]
    /// Ten-minute intervals that the range touches, and how many had more alarms than the peak aimed at.
    package var intervals = 0
    package var intervalsAbove = 0
    package var load = AlarmLoad()
    package var floodCount = 0
    /// In the order of time; of more than can be kept, those with the most alarms.
    package var floods: [Flood] = []
    /// The ten most frequent alarms.
    package var mostFrequent: [Frequency] = []
    package var chattering: [Chatter] = []
    package var fleeting: [Frequency] = []
    /// What is stale at the end of the range, the oldest first.
    package var stale: [Standing] = []
    /// How many are stale at the end of the range.
    package var staleCount = 0
    /// Annunciations acknowledged; those that ended without; those that still wait, the oldest first.
    package var acknowledged = 0
    package var endedUnacknowledged = 0
    package var unacknowledgedCount = 0
    package var unacknowledged: [Standing] = []
    package var suppressed: [Suppression: Int] = [:]

    /// The most alarms in each list but the most frequent.
    package static let listBound = 20

    init(name: String, positions: Int) {
        self.name = name
        self.positions = positions
    }

    package subscript(_ name: JudgedFigure.Name) -> JudgedFigure? { figures.first { $0.name == name } }
}
