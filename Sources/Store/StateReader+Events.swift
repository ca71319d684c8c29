import Alarms
import GRDB

extension StateReader {
    /// The most events looked at for one page: what a filter passes over costs as much as what it lets through.
    package static let mostScanned = 20_000

    /// Events after a sequence that pass a filter, oldest first.
    /// - Parameters:
    ///   - limit: how many at most.
    ///   - passes: told an event's type and site.
    package func events(
        after sequence: Int64, limit: Int, where passes: (_ type: String, _ site: String) -> Bool
    ) throws(StoreError) -> EventPage {
        try read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT * FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?")
            let rows = try Row.fetchCursor(statement, arguments: [sequence, StateReader.mostScanned])
            var events: [Event] = []
            var last = sequence
            var scanned = 0
            while events.count < limit, let row = try rows.next() {
                last = row["sequence"]
                scanned += 1
                guard passes(row["type"], row["site"]) else { continue }
                events.append(
                    Event(
                        sequence: last, type: row["type"], site: row["site"], subject: row["subject"],
                        time: row["time"], route: row["route"], body: row["body"]))
            }
            let isFull = events.count >= limit || scanned >= StateReader.mostScanned
            return EventPage(events: events, last: last, isFull: isFull)
        }
    }
}
