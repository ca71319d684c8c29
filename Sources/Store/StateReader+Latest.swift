import Foundation
import GRDB
import Telemetry

extension StateReader {
    /// Brings every point's newest sample up to date. A sample older than its point's newest is passed over, as
    /// the alarms pass it over.
    package func refresh(_ latest: inout LatestSamples) throws(StoreError) {
        let known = latest
        latest = try read { db in
            var fresh = known
            let newest = try Int64.fetchOne(db, sql: "SELECT MAX(id) FROM journal") ?? 0
            guard newest != fresh.journalID || fresh.pointNames.isEmpty else { return fresh }
            for row in try Row.fetchAll(db, sql: "SELECT id, name FROM point") {
                fresh.pointNames[row["id"]] = row["name"]
            }
            if let snapshot = try Snapshot.read(db), snapshot.journalID > fresh.journalID {
                fresh.journalID = snapshot.journalID
                for sample in snapshot.samples {
                    fresh.keep(sample.point, sample.time, sample.value, sample.quality)
                }
            }
            let blocks = try Row.fetchCursor(
                db, sql: "SELECT block FROM journal WHERE id > ? AND t_min IS NOT NULL ORDER BY id",
                arguments: [fresh.journalID])
            while let block = try blocks.next() {
                try JournalBlock.forEachRow(of: [UInt8](block["block"] as Data)) { row in
                    if !row.isLate { fresh.keep(row.point, row.time, row.value, row.quality) }
                }
            }
            fresh.journalID = newest
            return fresh
        }
    }
}

extension LatestSamples {
    fileprivate mutating func keep(_ point: Int64, _ time: Int64, _ value: Double, _ quality: UInt8) {
        guard let name = pointNames[point] else { return }
        byPoint[name] = StoredSample(time: time, value: value, quality: Quality(rawValue: quality))
    }
}
