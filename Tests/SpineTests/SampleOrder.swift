import Testing

/// What must hold of a point's stored samples.
enum SampleOrder {
    /// Stored are exactly the wanted samples, each once, in order of time. A failure says how many differ, since the
    /// lists are long.
    static func check(
        _ point: String, _ stored: [StoredSample], wanted: [StoredSample],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard stored != wanted else { return }
        let missing = Set(wanted).subtracting(stored).sorted { $0.time < $1.time }
        let surplus = Set(stored).subtracting(wanted).sorted { $0.time < $1.time }
        let repeated = stored.count - Set(stored).count
        Issue.record(
            """
            \(point) has \(stored.count) samples for \(wanted.count): \(missing.count) missing \(missing.prefix(3)), \
            \(surplus.count) not wanted \(surplus.prefix(3)), \(repeated) repeated
            """, sourceLocation: sourceLocation)
    }
}
