import Alarms
import GRDB
import Glibc
import Pipeline
import Telemetry

extension StateReader {
    /// All figures are of the same moment.
    package func status() throws(StoreError) -> NodeStatus {
        try read { db in
            var status = NodeStatus()
            func number(_ sql: String) throws -> Int64? { try Int64.fetchOne(db, sql: sql) }
            if let row = try Row.fetchOne(db, sql: "SELECT * FROM accounting") {
                status.accounting = Accounting(stored: row)
            }
            status.lastSequence = try number("SELECT MAX(sequence) FROM event") ?? 0
            status.publishedSequence = try number("SELECT sequence FROM cursor WHERE name = 'feed'") ?? 0
            status.standingAlarms = try number("SELECT COUNT(*) FROM alarm") ?? 0
            let waiting = AlarmState.allCases.filter(\.awaitsAcknowledgement).map { String($0.rawValue) }
            status.unacknowledgedAlarms =
                try number("SELECT COUNT(*) FROM alarm WHERE state IN (\(waiting.joined(separator: ", ")))") ?? 0
            status.openEscalations =
                try number("SELECT COUNT(*) FROM escalation_task WHERE closed = 0 AND state NOT IN ('done', 'skipped')")
                ?? 0
            status.lastCommit = try number("SELECT committed_at FROM journal ORDER BY id DESC LIMIT 1")
            for row in try Row.fetchAll(db, sql: "SELECT priority, COUNT(*) AS number FROM alarm GROUP BY priority") {
                if let priority = Priority(rawValue: row["priority"]) {
                    status.alarmsByPriority[priority] = row["number"]
                }
            }
            status.unmappedTags = try number("SELECT COUNT(*) FROM unmapped") ?? 0
            status.quarantineEntries = try number("SELECT COUNT(*) FROM quarantine") ?? 0
            status.configurationVersion = try number("SELECT MAX(version) FROM config_version")
            status.synchronous = try number("SELECT value FROM writer WHERE name = 'synchronous'")
            status.process = try number("SELECT value FROM writer WHERE name = 'process'")
            let file = try String.fetchOne(db, sql: "SELECT file FROM pragma_database_list WHERE name = 'main'")
            if let file {
                status.databaseBytes = StateReader.size(ofFile: file)
                status.walBytes = StateReader.size(ofFile: file + "-wal")
            }
            return status
        }
    }

    /// In bytes; 0 for a file that is not there.
    private static func size(ofFile path: String) -> Int64 {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }
}
