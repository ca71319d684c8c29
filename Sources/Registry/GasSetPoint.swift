/// The loosest set point that a profile allows for one condition of a gas point.
struct GasSetPoint: Hashable {
    var limit: Double
    /// For faults: the figure with its unit and what it is, such as `10 mg/m3, 100 % OEL of chlorine by GBZ 2.1`.
    var words: String
}
