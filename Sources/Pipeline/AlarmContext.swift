import Telemetry

/// What an alarm says of the object it is about.
struct AlarmContext {
    var source = ""
    var point: String?
    var unit: String?
    var consequence = BilingualText()
    var action = BilingualText()
}
