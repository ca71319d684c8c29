/// What was read of the journal last for look-ups of late samples: small numbers of rows and of runs of rows, the
/// oldest goes first.
struct DecodedRows {
    struct Key: Hashable {
        let point: Int64
        let time: Int64
    }

    /// One row's earliest and latest sample.
    struct Bounds {
        let id: Int64
        let earliest: Int64
        let latest: Int64
    }

    private static let rowCapacity = 64
    private static let runCapacity = 64
    private var rows: [(id: Int64, samples: [Key: Double])] = []
    private var runs: [(start: Int64, rows: [Bounds])] = []

    func find(_ id: Int64) -> [Key: Double]? {
        rows.last { $0.id == id }?.samples
    }

    mutating func add(_ id: Int64, _ samples: [Key: Double]) {
        if rows.count == DecodedRows.rowCapacity { rows.removeFirst() }
        rows.append((id, samples))
    }

    func findRun(_ start: Int64) -> [Bounds]? {
        runs.last { $0.start == start }?.rows
    }

    mutating func addRun(_ start: Int64, _ bounds: [Bounds]) {
        if runs.count == DecodedRows.runCapacity { runs.removeFirst() }
        runs.append((start, bounds))
    }
}
