/// What a point measures, by the words of the point list.
package enum PointKind: String, CaseIterable, Sendable {
    case level
    case pressure
    case temperature
    case flow
    /// %LEL.
    case combustibleGas = "gas_combustible"
    case toxicGas = "gas_toxic"
    /// %VOL.
    case oxygen
    case binary = "switch"
    case other

    /// Milliseconds without a sample before a point of this kind is stale, unless its row says otherwise.
    package var staleAfter: Int64 {
        switch self {
        case .level, .combustibleGas, .toxicGas: 30_000
        case .pressure, .temperature, .flow, .oxygen, .binary, .other: 120_000
        }
    }
}
