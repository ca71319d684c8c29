/// How long records are kept, in days (read and checked; without effect until day files exist), and how much of the disk
/// stays free.
package struct RetentionSettings: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case raw = "raw_days"
        case rollup = "rollup_days"
        case events = "events_days"
        case diskFloor = "disk_floor_mb"
    }

    package var rawDays = 400
    package var rollupDays = 3_650
    package var eventsDays = 3_650
    /// Free space, in MB, below which STORE is raised.
    package var diskFloor = 1_024

    init() {}

    init(_ section: Section<Key>) {
        rawDays = section[.raw]?.integer(in: 1...36_500) ?? rawDays
        rollupDays = section[.rollup]?.integer(in: 1...36_500) ?? rollupDays
        eventsDays = section[.events]?.integer(in: 1...36_500) ?? eventsDays
        for key in [Key.raw, .rollup, .events] { section[key]?.noteWithoutEffect(as: "retention.\(key.rawValue)") }
        diskFloor = section[.diskFloor]?.integer(in: 0...1_000_000_000) ?? diskFloor
    }
}
