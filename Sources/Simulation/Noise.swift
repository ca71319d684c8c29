import Telemetry

extension RandomState {
    /// A number around 0 with about this standard deviation, never beyond three of them.
    mutating func noise(_ deviation: Double) -> Double {
        (unit() + unit() + unit() - 1.5) * 2 * deviation
    }
}
