/// What a gas point's set points depend on: rows alike in it share one look-up.
struct GasPointKey: Hashable {
    var profile: String
    var kind: PointKind
    var unit: String
    var substance: String
    /// Where the instrument's range begins.
    var low: Double?
}
