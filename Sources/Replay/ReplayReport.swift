package import Alarms
import Telemetry

/// What a replay found.
package struct ReplayReport: Sendable {
    /// One side held against another.
    package struct Comparison: Sendable {
        package internal(set) var tallies: [AlarmSubject: AlarmTally] = [:]
        /// The first ones, by time.
        package internal(set) var differences: [AlarmDifference] = []
        package internal(set) var differenceCount = 0

        /// Alarms that differ, those that differ most first.
        package var changed: [(subject: AlarmSubject, tally: AlarmTally)] {
            tallies.filter { !$0.value.isSame }.map { (subject: $0.key, tally: $0.value) }.sorted {
                let left = $0.tally.new + $0.tally.gone + $0.tally.earlier + $0.tally.later
                let right = $1.tally.new + $1.tally.gone + $1.tally.earlier + $1.tally.later
                return (-left, $0.subject.description) < (-right, $1.subject.description)
            }
        }

        /// Sums over all alarms of one priority or condition.
        package func total(where isCounted: (AlarmSubject, AlarmTally) -> Bool) -> AlarmTally {
            var total = AlarmTally()
            for (subject, tally) in tallies where isCounted(subject, tally) {
                total.same += tally.same
                total.earlier += tally.earlier
                total.later += tally.later
                total.new += tally.new
                total.gone += tally.gone
                total.reprioritised += tally.reprioritised
                total.totalShift += tally.totalShift
            }
            return total
        }

        /// Adds the alarms of other points.
        mutating func add(_ other: Comparison, atMost most: Int) {
            tallies.merge(other.tallies) { first, _ in first }
            differenceCount += other.differenceCount
            differences += other.differences
            differences.sort { ($0.at, $0.subject.description) < ($1.at, $1.subject.description) }
            if differences.count > most { differences.removeSubrange(most...) }
        }
    }

    /// UTC milliseconds.
    package let times: ClosedRange<Int64>
    package internal(set) var samples: Int64 = 0
    package internal(set) var points = 0
    /// Samples replayed at the time of their measuring, because they were received long after.
    package internal(set) var measured: Int64 = 0
    /// Samples left out because they came one by one too late to alarm anything.
    package internal(set) var late: Int64 = 0
    /// Points of either set of rules without a sample in these times, `SITE/POINT`.
    package internal(set) var withoutData: [String] = []
    /// The rules in force beside what is on record: before is the record.
    package internal(set) var recorded = Comparison()
    /// The proposed rules beside those in force; nil without any.
    package internal(set) var proposed: Comparison?
    /// Operator actions and changed configurations on record in these times.
    package internal(set) var actions = 0
    package internal(set) var configurations = 0

    init(times: ClosedRange<Int64>) {
        self.times = times
    }
}
