import AlarmFigures
import Alarms
import Foundation
import GRDB

extension LoggedEvent {
    /// The columns that `init(row:)` reads, in their order.
    static let columns = "time, type, site, subject, body"

    /// Reads a row of the event log; nil for every event that figures do not go by.
    init?(row: Row) throws {
        guard let kind = AlarmEventKind(loggedType: row[1]) else { return nil }
        self.init(kind, at: row[0], site: row[2], subject: row[3])
        var event = self
        // The body is looked at where SQLite holds it: making a text of it would take longer than all else.
        let isWhole = try row.withUnsafeData(atIndex: 4) { body in
            body.map { EventScanner.read($0.span, into: &event) } ?? false
        }
        guard isWhole else { return nil }
        self = event
    }
}
