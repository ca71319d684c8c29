import Alarms
import Pipeline
package import Store

extension NodeStatus {
    /// The status as one JSON object.
    /// - Parameter isRunning: whether a daemon answers on the control socket.
    package func json(isRunning: Bool) -> String {
        var json = JSONText()
        json.member("running", isRunning)
        json.member("received", accounting.received)
        json.member("stored", accounting.stored)
        json.member("duplicate", accounting.duplicate)
        json.member("unmapped", accounting.unmapped)
        json.member("quarantined", accounting.quarantined)
        json.member("last_sequence", lastSequence)
        json.member("published_sequence", publishedSequence)
        json.member("standing_alarms", standingAlarms)
        json.member("unacknowledged_alarms", unacknowledgedAlarms)
        json.member("open_escalations", openEscalations)
        json.member("last_commit", lastCommit)
        json.member("quarantine_entries", quarantineEntries)
        json.member("configuration_version", configurationVersion)
        json.member("synchronous", synchronous)
        json.member("process", process)
        json.member("database_bytes", databaseBytes)
        json.member("wal_bytes", walBytes)
        return json.object
    }
}
