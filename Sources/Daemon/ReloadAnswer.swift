import Alarms

/// What the pipeline says to a configuration that it was to go on under.
enum ReloadAnswer: Sendable {
    /// It does, and the change is committed.
    case done(AlarmChanges)
    /// Why not; the configuration in force stays.
    case failed(String)
}
