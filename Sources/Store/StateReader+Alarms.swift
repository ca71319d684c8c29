package import Alarms
package import Escalation
import GRDB

extension StateReader {
    /// Every alarm that is not normal, most urgent and newest first.
    package func alarms() throws(StoreError) -> [Alarm] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM alarm ORDER BY priority DESC, raised_at DESC, subject")
                .map { try Alarm(stored: $0) }
        }
    }

    /// The alarm of one subject as it stands; nil if it is normal.
    package func alarm(_ subject: AlarmSubject) throws(StoreError) -> Alarm? {
        try read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM alarm WHERE subject = ?", arguments: [subject.description])
                .map { try Alarm(stored: $0) }
        }
    }

    /// The escalation queue, newest first.
    /// - Parameter includesClosed: whether to list done, failed and cancelled tasks too.
    package func escalations(includesClosed: Bool, limit: Int) throws(StoreError) -> [EscalationTask] {
        try read { db in
            let condition = includesClosed ? "" : "WHERE state IN ('scheduled', 'due')"
            return try Row.fetchAll(
                db, sql: "SELECT * FROM escalation_task \(condition) ORDER BY id DESC LIMIT ?", arguments: [limit]
            ).compactMap { EscalationTask(stored: $0) }
        }
    }
}
