extension PointKind {
    /// Whether gas profiles speak of it.
    var isGas: Bool {
        switch self {
        case .combustibleGas, .toxicGas, .oxygen: true
        case .level, .pressure, .temperature, .flow, .binary, .other: false
        }
    }

    /// A unit without what people write differently: `% LEL`, `%lel`, `mg/m³`.
    static func foldedUnit(_ unit: String) -> String {
        unit.lowercased().replacing("³", with: "3").filter { !$0.isWhitespace }
    }
}
