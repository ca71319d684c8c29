/// Something a rule test holds the engine to.
enum Check: Sendable {
    /// All events since the check before, and no others.
    case events([ExpectedEvent], line: Int)
    /// All alarms that are not normal.
    case standing([ExpectedAlarm], line: Int)
    /// What became of the values received.
    case count(ValueOutcome, Int64, line: Int)
}
