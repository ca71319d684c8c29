/// Which day files may go, and which go first when space runs out.
///
/// A floor as well as a ceiling: what is younger than `floorDays` or within a held window never goes, whatever the
/// settings and however full the disk (Order 40, Art. 13 asks for 30 days at least).
package struct Retention: Sendable, Hashable {
    /// Days of raw samples that are kept under all circumstances.
    package static let floorDays: Int64 = 30
    private static let dayLength: Int64 = 86_400_000

    /// How near the disk is to being full.
    package enum Space: Sendable, Hashable, Comparable {
        case enough
        /// Less than twice the floor is free: STORE is raised.
        case filling
        /// Less than the floor is free: STORE is critical, and days beyond the legal floor go early.
        case short
        /// Less than half the floor is free: nothing is compacted any more, all that is left is the journal's.
        case last

        /// - Parameters: bytes.
        package init(free: Int64, floor: Int64) {
            self = free < floor / 2 ? .last : free < floor ? .short : free < floor * 2 ? .filling : .enough
        }
    }

    /// A sealed day with its files.
    package struct Day: Sendable, Hashable {
        package let day: LocalDay
        package let files: [String]
        package let bytes: Int64

        package init(day: LocalDay, files: [String], bytes: Int64) {
            self.day = day
            self.files = files
            self.bytes = bytes
        }
    }

    /// How long raw samples are kept in days, `floorDays` at least.
    package let rawDays: Int64
    /// Windows of incidents, UTC milliseconds.
    package let held: [ClosedRange<Int64>]

    package init(rawDays: Int, held: [ClosedRange<Int64>]) {
        self.rawDays = max(Int64(rawDays), Retention.floorDays)
        self.held = held
    }

    /// Days past their time.
    package func expired(_ days: [Day], at now: Int64) -> [Day] {
        days.filter { isFree($0, olderThan: rawDays, at: now) }
    }

    /// The oldest days that have to go early for so many bytes; fewer if there are not enough that may.
    package func early(_ days: [Day], toFree bytes: Int64, at now: Int64) -> [Day] {
        var left = bytes
        return days.sorted { $0.day < $1.day }.filter { day in
            guard left > 0, isFree(day, olderThan: Retention.floorDays, at: now) else { return false }
            left -= day.bytes
            return true
        }
    }

    private func isFree(_ day: Day, olderThan age: Int64, at now: Int64) -> Bool {
        let times = day.day.times
        guard now - times.upperBound >= age * Retention.dayLength else { return false }
        return !held.contains { $0.lowerBound < times.upperBound && times.lowerBound <= $0.upperBound }
    }
}
