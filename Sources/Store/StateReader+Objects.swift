package import Alarms
import GRDB
package import Telemetry

extension StateReader {
    /// Every alarm that is not normal with its JSON, most urgent and newest first.
    package func alarmsWithBodies() throws(StoreError) -> [(alarm: Alarm, body: String)] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM alarm ORDER BY priority DESC, raised_at DESC, subject")
                .map { (try Alarm(stored: $0), $0["body"]) }
        }
    }

    /// The alarm of an episode with its JSON; nil once it is normal.
    package func alarm(episode: ULID) throws(StoreError) -> (alarm: Alarm, body: String)? {
        try read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM alarm WHERE episode = ?", arguments: [episode.description])
                .map { (try Alarm(stored: $0), $0["body"]) }
        }
    }

    /// The most urgent alarm of each of these objects that has one.
    /// - Parameter objects: `SITE/OBJECT`.
    package func alarms(of objects: [String]) throws(StoreError) -> [String: Alarm] {
        try read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT * FROM alarm WHERE subject > ? AND subject < ?
                    ORDER BY priority DESC, raised_at DESC, subject LIMIT 1
                    """)
            var found: [String: Alarm] = [:]
            for object in objects {
                // "0" comes next after "/": between the two lie the object's conditions and nothing else.
                let row = try Row.fetchOne(statement, arguments: [object + "/", object + "0"])
                if let row { found[object] = try Alarm(stored: row) }
            }
            return found
        }
    }
}
