/// An instrument's data sheet, in the words of the point list's columns.
struct InstrumentSheet: Sendable {
    /// The tag's letters before the tank's number, as on a piping and instrumentation diagram.
    var letters: String
    /// What follows the tank's number where a tank carries two alike.
    var suffix = ""
    var kind: String
    var unit = ""
    /// The instrument's range, in its unit; nil for a switch.
    var range: ClosedRange<Double>?
    var lowLow: Double?
    var low: Double?
    var high: Double?
    var highHigh: Double?
    /// In the instrument's unit.
    var deadband: Double?
    var onDelaySeconds: Int?
    var priority: String
    /// The gas profile that bounds its set points.
    var profile = ""
    var substance = ""
    var zh: String
    var en: String
    var consequenceZH = ""
    var consequenceEN = ""
    var actionZH = ""
    var actionEN = ""
}
