import Foundation
import GRDB

/// Which journal rows can hold a gateway's sample of a certain time, so that a late sample's look-up decodes few of
/// them: for every 256 rows the earliest and latest sample of each gateway, and the same for every row of the runs
/// asked for last. A run is read the first time it could matter.
struct JournalIndex {
    private static let run: Int64 = 256
    private static let detailedRuns = 64
    /// Runs of which the gateways' spans are held; older ones are read again when they are asked for.
    private static let knownRuns = 1_024

    private struct Entry {
        let id: Int64
        let spans: [JournalSpan]
    }

    /// The earliest and latest sample of a run, whichever the gateway.
    private var bounds = TimeBounds()
    private var gateways: [Int64: [Int64: ClosedRange<Int64>]] = [:]
    /// The runs in `gateways`, the one known longest first.
    private var known: [Int64] = []
    private var rows: [Int64: [Entry]] = [:]
    /// The runs in `rows`, the one read longest ago first.
    private var order: [Int64] = []

    init(_ db: Database) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT id / \(JournalIndex.run) AS run, MIN(t_min) AS earliest, MAX(t_max) AS latest FROM journal
                WHERE t_min IS NOT NULL GROUP BY run ORDER BY run
                """)
        while let row = try rows.next() { bounds.widen(row["run"], row["earliest"], row["latest"]) }
    }

    mutating func add(_ id: Int64, _ spans: [JournalSpan]) {
        let run = id / JournalIndex.run
        // A run begun by an earlier process is read whole when it is asked for, this row with it.
        let isKnown = !bounds.knows(run) || gateways[run] != nil
        if !bounds.knows(run) { remember(run, [:]) }
        for span in spans {
            bounds.widen(run, span.earliest, span.latest)
            guard isKnown else { continue }
            gateways[run, default: [:]][span.gateway] = JournalIndex.widened(gateways[run]?[span.gateway], span)
        }
        rows[run]?.append(Entry(id: id, spans: spans))
    }

    /// Rows in which the gateway has samples around `time`, newest first.
    mutating func candidates(_ gateway: Int64, at time: Int64, _ pool: DatabasePool) throws -> [Int64] {
        var found: [Int64] = []
        for run in bounds.candidates(time) {
            if gateways[run] == nil { try read(run, pool) }
            guard gateways[run]?[gateway]?.contains(time) == true else { continue }
            if rows[run] == nil { try read(run, pool) }
            for row in rows[run]?.reversed() ?? [] where row.spans.contains(where: { $0.contains(gateway, time) }) {
                found.append(row.id)
            }
        }
        return found
    }

    /// Forgets runs of which no row is left.
    mutating func forget(through last: Int64) {
        let gone = (last + 1) / JournalIndex.run
        bounds.forget(before: gone)
        for run in known where run < gone { gateways[run] = nil }
        known.removeAll { $0 < gone }
        for run in order where run < gone { rows[run] = nil }
        order.removeAll { $0 < gone }
    }

    private mutating func read(_ run: Int64, _ pool: DatabasePool) throws {
        let fresh = try pool.read { db in
            try Row.fetchAll(
                db, sql: "SELECT id, spans FROM journal WHERE id BETWEEN ? AND ? AND t_min IS NOT NULL ORDER BY id",
                arguments: [run * JournalIndex.run, (run + 1) * JournalIndex.run - 1]
            ).map { row in
                let spans: Data = row["spans"]
                return Entry(id: row["id"], spans: try JournalSpan.decode([UInt8](spans)))
            }
        }
        var widest: [Int64: ClosedRange<Int64>] = [:]
        for span in fresh.flatMap(\.spans) { widest[span.gateway] = JournalIndex.widened(widest[span.gateway], span) }
        remember(run, widest)
        if order.count >= JournalIndex.detailedRuns { rows[order.removeFirst()] = nil }
        rows[run] = fresh
        order.append(run)
    }

    private mutating func remember(_ run: Int64, _ spans: [Int64: ClosedRange<Int64>]) {
        if gateways[run] == nil {
            if known.count >= JournalIndex.knownRuns { gateways[known.removeFirst()] = nil }
            known.append(run)
        }
        gateways[run] = spans
    }

    private static func widened(_ known: ClosedRange<Int64>?, _ span: JournalSpan) -> ClosedRange<Int64> {
        let earliest = min(known?.lowerBound ?? span.earliest, span.earliest)
        return earliest...max(known?.upperBound ?? span.latest, span.latest, earliest)
    }
}
