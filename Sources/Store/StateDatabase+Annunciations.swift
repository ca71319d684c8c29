import AlarmFigures
import GRDB
import Pipeline

extension StateDatabase {
    /// Reads what a restart counts a flood by, the newest first; alarms have been read before.
    static func loadAnnunciations(_ state: inout EngineState, _ db: Database) throws {
        let last = try Int64.fetchOne(db, sql: "SELECT time FROM event ORDER BY sequence DESC LIMIT 1")
        guard let last else { return }
        let start = state.annunciationStart(last: last)
        let rows = try Row.fetchCursor(db, sql: "SELECT \(LoggedEvent.columns) FROM event ORDER BY sequence DESC")
        var found: [LoggedEvent] = []
        while found.count < EngineState.annunciationBound, let row = try rows.next() {
            let time: Int64 = row[0]
            guard time >= start else { break }
            guard let event = try LoggedEvent(row: row), event.isAnnunciation, event.concernsOperators else { continue }
            found.append(event)
        }
        state.annunciations = found.reversed()
    }
}
