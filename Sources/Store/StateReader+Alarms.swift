package import Alarms
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
}
