package import Alarms

/// What became of a configuration that was to be put in force.
package enum ReloadOutcome: Sendable, Hashable {
    /// Its version, how many changes it has beside the one before, and what became of the alarms.
    case applied(version: Int, changes: Int, alarms: AlarmChanges)
    /// It is in force already.
    case unchanged
    /// It does not validate: every fault, one a line.
    case rejected(String)
    case failed(String)
}
