import Foundation
import GRDB
import Telemetry
import TestKit

/// The least that a durable queue costs: rows of a SQLite table changed twice each, in FULL transactions of a batch, with
/// no order, no protocol and no events.
enum PlainQueue {
    /// - Returns: tasks a second.
    static func settle(_ tasks: Int) throws -> Double {
        let folder = try TemporaryFolder("hazard-bench")
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = FULL")
        }
        let queue = try DatabaseQueue(path: folder.file("queue.sqlite"), configuration: configuration)
        try queue.write { db in
            try db.execute(
                sql: "CREATE TABLE task (id INTEGER PRIMARY KEY, state TEXT NOT NULL, holder TEXT, until INTEGER)")
            for task in 0..<tasks {
                try db.execute(sql: "INSERT INTO task VALUES (?, 'ready', NULL, 0)", arguments: [task])
            }
        }
        let began = SystemClock.nanoseconds()
        for first in stride(from: 0, to: tasks, by: EscalationCommand.batch) {
            for state in ["leased", "done"] {
                try queue.write { db in
                    let update = try db.cachedStatement(
                        sql: "UPDATE task SET state = ?, holder = 'sms', until = ? WHERE id = ?")
                    for task in first..<min(first + EscalationCommand.batch, tasks) {
                        try update.execute(arguments: [state, began, task])
                    }
                }
            }
        }
        return Double(tasks) / (Double(SystemClock.nanoseconds() - began) / 1e9)
    }
}
