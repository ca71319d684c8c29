/// The journal rows decoded last for look-ups of late samples; a small number, the oldest goes first.
struct DecodedRows {
    struct Key: Hashable {
        let point: Int64
        let time: Int64
    }

    private static let rowCapacity = 64
    private var rows: [(id: Int64, samples: [Key: Double])] = []

    func find(_ id: Int64) -> [Key: Double]? {
        rows.last { $0.id == id }?.samples
    }

    mutating func add(_ id: Int64, _ samples: [Key: Double]) {
        if rows.count == DecodedRows.rowCapacity { rows.removeFirst() }
        rows.append((id, samples))
    }
}
