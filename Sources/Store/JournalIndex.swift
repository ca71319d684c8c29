import GRDB

/// Which runs of journal rows can hold a time: the earliest and latest sample of every 256 rows, so that a
/// late sample's look-up reads few of them.
struct JournalIndex {
    private static let run: Int64 = 256

    /// The newest row of the runs that no further row joins.
    var lastFinished: Int64 { (bounds.keys.max() ?? 0) * JournalIndex.run - 1 }

    private var bounds: [Int64: (earliest: Int64, latest: Int64)] = [:]

    init(_ db: Database) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT id / \(JournalIndex.run) AS run, MIN(t_min) AS earliest, MAX(t_max) AS latest FROM journal
                WHERE t_min IS NOT NULL GROUP BY run
                """)
        while let row = try rows.next() { bounds[row["run"]] = (row["earliest"], row["latest"]) }
    }

    mutating func add(_ id: Int64, _ earliest: Int64, _ latest: Int64) {
        guard earliest <= latest else { return }
        let known = bounds[id / JournalIndex.run] ?? (.max, .min)
        bounds[id / JournalIndex.run] = (min(known.earliest, earliest), max(known.latest, latest))
    }

    /// Row numbers, run by run, among which rows with samples at `time` can be, oldest first.
    func runs(at time: Int64) -> [ClosedRange<Int64>] {
        bounds.filter { $0.value.earliest <= time && time <= $0.value.latest }.keys.sorted()
            .map { $0 * JournalIndex.run...($0 + 1) * JournalIndex.run - 1 }
    }
}
