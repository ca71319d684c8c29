/// How long records are kept, in days, and how much of the disk stays free.
///
/// Less than 30 days are refused: that is the least the law asks for (Order 40 of the work-safety administration, Art. 13).
package struct RetentionSettings: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case raw = "raw_days"
        case rollup = "rollup_days"
        case events = "events_days"
        case diskFloor = "disk_floor_mb"
    }

    /// What may be asked for.
    private static let days = 30...36_500

    package var rawDays = 400
    package var rollupDays = 3_650
    package var eventsDays = 3_650
    /// Free space, in MB, below which STORE is raised.
    package var diskFloor = 1_024

    init() {}

    init(_ section: Section<Key>) {
        rawDays = section[.raw]?.integer(in: RetentionSettings.days) ?? rawDays
        rollupDays = section[.rollup]?.integer(in: RetentionSettings.days) ?? rollupDays
        eventsDays = section[.events]?.integer(in: RetentionSettings.days) ?? eventsDays
        section[.events]?.noteWithoutEffect(as: "retention.events_days")
        diskFloor = section[.diskFloor]?.integer(in: 0...1_000_000_000) ?? diskFloor
    }
}
