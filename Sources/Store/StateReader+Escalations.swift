package import Escalation
import GRDB
package import Telemetry

extension StateReader {
    /// The most tasks looked at for one answer; further ones are for the next, from the last one on.
    package static let mostTasksRead = 200_000

    /// The escalation queue, newest first.
    /// - Parameter isSeen: whether the asker may see a site.
    package func escalations(
        _ query: EscalationQuery, isSeen: (_ site: String) -> Bool = { _ in true }
    ) throws(StoreError) -> [EscalationTask] {
        try read { db in
            let open = query.includesClosed ? "" : "AND closed = 0"
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT * FROM escalation_task WHERE id < ? \(open) ORDER BY id DESC LIMIT ?",
                arguments: [query.before?.description ?? "~", StateReader.mostTasksRead])
            var tasks: [EscalationTask] = []
            while tasks.count < query.limit, let row = try rows.next() {
                guard let task = EscalationTask(stored: row), query.matches(task), isSeen(task.site) else { continue }
                tasks.append(task)
            }
            return tasks
        }
    }

    package func escalation(_ id: ULID) throws(StoreError) -> EscalationTask? {
        try read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM escalation_task WHERE id = ?", arguments: [id.description])
                .flatMap { EscalationTask(stored: $0) }
        }
    }
}
