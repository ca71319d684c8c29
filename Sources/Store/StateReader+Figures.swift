package import AlarmFigures
import Alarms
import GRDB

extension StateReader {
    /// The most events of one reading; in between others may write and checkpoint.
    private static let figurePage = 20_000

    /// Where a range of figures begins if nobody says: 30 days before its end, or with the first event, on a whole ten
    /// minutes.
    package func usualFigureStart(before end: Int64) throws(StoreError) -> Int64 {
        let usual = end - 30 * 86_400_000
        let first = try read { try Int64.fetchOne($0, sql: "SELECT time FROM event ORDER BY sequence LIMIT 1") }
        return AlarmLoad.start(of: max(usual, first.flatMap { $0 < end ? $0 : nil } ?? usual))
    }

    /// The last event recorded before a time; 0 for none. Found by halving the log, so that where the clock was set
    /// back across that time it is one of several that would do.
    package func lastSequence(before time: Int64) throws(StoreError) -> Int64 {
        try read { db in
            let at = try db.cachedStatement(
                sql: "SELECT sequence, time FROM event WHERE sequence >= ? ORDER BY sequence LIMIT 1")
            var low = (try Int64.fetchOne(db, sql: "SELECT MIN(sequence) FROM event") ?? 1) - 1
            var high = try Int64.fetchOne(db, sql: "SELECT MAX(sequence) FROM event") ?? 0
            // All up to low are before the time, and none after high.
            while low < high {
                let middle = low + (high - low + 1) / 2
                guard let row = try Row.fetchOne(at, arguments: [middle]) else { return low }
                let (sequence, found): (Int64, Int64) = (row["sequence"], row["time"])
                if found < time { low = sequence } else { high = middle - 1 }
            }
            return low
        }
    }

    /// Hands the alarm events after a sequence to the figures.
    /// - Parameter site: takes those of one site only.
    /// - Returns: the last event looked at.
    package func feed(
        _ figures: inout AlarmFigures, after sequence: Int64, site: String? = nil
    ) throws(StoreError) -> Int64 {
        var last = sequence
        while true {
            let (count, newest) = try feedPage(&figures, after: last, site)
            last = newest
            if count < StateReader.figurePage { return last }
        }
    }

    /// The figures of a range of time.
    /// - Parameter site: counts one site only.
    package func alarmFigures(
        from: Int64, to: Int64, site: String?, basis: FigureBasis
    ) throws(StoreError) -> AlarmFigures {
        var figures = AlarmFigures(from: from, to: to, basis: basis)
        _ = try feed(&figures, after: try lastSequence(before: from), site: site)
        for alarm in try alarms() where site == nil || alarm.subject.site == site { figures.take(standing: alarm) }
        return figures
    }

    private func feedPage(
        _ figures: inout AlarmFigures, after sequence: Int64, _ site: String?
    ) throws(StoreError) -> (count: Int, last: Int64) {
        try read { db in
            let condition = site == nil ? "" : "AND site = ?"
            let statement = try db.cachedStatement(
                sql: """
                    SELECT \(LoggedEvent.columns), sequence FROM event
                    WHERE sequence > ? AND type >= 'hazard.alarm.' AND type < 'hazard.alarm/' \(condition)
                    ORDER BY sequence LIMIT \(StateReader.figurePage)
                    """)
            var arguments: StatementArguments = [sequence]
            if let site { arguments += [site] }
            let rows = try Row.fetchCursor(statement, arguments: arguments)
            var (count, last) = (0, sequence)
            while let row = try rows.next() {
                count += 1
                last = row[5]
                if let event = try LoggedEvent(row: row) { figures.take(event) }
            }
            // What followed of other kinds need not be passed over again.
            if count < StateReader.figurePage {
                last = try Int64.fetchOne(db, sql: "SELECT MAX(sequence) FROM event") ?? last
            }
            return (count, last)
        }
    }
}
