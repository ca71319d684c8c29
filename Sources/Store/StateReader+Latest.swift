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

extension StateReader {
    /// The newest samples of these points, as far as they have any: read from the latest snapshot and the journal since,
    /// so that nothing has to be kept from one question to the next.
    /// - Parameter names: `SITE/POINT`.
    package func latest(of names: [String]) throws(StoreError) -> [String: StoredSample] {
        try read { db in
            let statement = try db.cachedStatement(sql: "SELECT id FROM point WHERE name = ?")
            var places: [Int64: String] = [:]
            for name in names {
                if let number = try Int64.fetchOne(statement, arguments: [name]) { places[number] = name }
            }
            var latest: [String: StoredSample] = [:]
            var journalID: Int64 = 0
            if let snapshot = try Snapshot.read(db) {
                journalID = snapshot.journalID
                for sample in snapshot.samples {
                    guard let name = places[sample.point] else { continue }
                    latest[name] = StoredSample(
                        time: sample.time, value: sample.value, quality: Quality(rawValue: sample.quality))
                }
            }
            let blocks = try Data.fetchCursor(
                db, sql: "SELECT block FROM journal WHERE id > ? AND t_min IS NOT NULL ORDER BY id",
                arguments: [journalID])
            while let block = try blocks.next() {
                try JournalBlock.forEachRow(of: [UInt8](block)) { row in
                    guard !row.isLate, let name = places[row.point] else { return }
                    latest[name] = StoredSample(
                        time: row.time, value: row.value, quality: Quality(rawValue: row.quality))
                }
            }
            return latest
        }
    }
}

extension LatestSamples {
    fileprivate mutating func keep(_ point: Int64, _ time: Int64, _ value: Double, _ quality: UInt8) {
        guard let name = pointNames[point] else { return }
        byPoint[name] = StoredSample(time: time, value: value, quality: Quality(rawValue: quality))
    }
}
