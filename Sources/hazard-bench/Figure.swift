/// One measured figure: its runs, each with what was measured beside it.
struct Figure {
    let id: String
    let unit: String
    /// What the figure stands beside.
    let beside: String
    private(set) var values: [Double] = []
    private(set) var besideValues: [Double] = []

    init(_ id: String, unit: String, beside: String) {
        self.id = id
        self.unit = unit
        self.beside = beside
    }

    mutating func add(_ value: Double, beside: Double) {
        values.append(value)
        besideValues.append(beside)
    }

    var value: Double { Figure.median(values) }
    var besideValue: Double { Figure.median(besideValues) }

    /// The median of the runs' own ratios: a machine that changes its speed between runs changes both sides.
    var ratio: Double { Figure.median(zip(values, besideValues).map { $0 / $1 }) }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard let last = sorted.indices.last else { return .nan }
        return (sorted[last / 2] + sorted[(last + 1) / 2]) / 2
    }
}
