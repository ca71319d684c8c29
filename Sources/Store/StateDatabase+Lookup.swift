import Foundation
import GRDB
package import Telemetry

extension StateDatabase {
    /// The value first recorded for exactly this point and time.
    package func recordedValue(_ point: PointIndex, at time: Int64) throws(StoreError) -> Double? {
        let number = pointNumbers[point.position]
        return try attempt {
            for run in self.journalIndex.runs(at: time) {
                for row in try self.rows(ofRun: run) where row.earliest <= time && time <= row.latest {
                    if let value = try self.samples(ofRow: row.id)[DecodedRows.Key(point: number, time: time)] {
                        return value
                    }
                }
            }
            return nil
        }
    }

    private func rows(ofRun run: ClosedRange<Int64>) throws -> [DecodedRows.Bounds] {
        if let known = decodedRows.findRun(run.lowerBound) { return known }
        let rows = try pool.read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT id, t_min, t_max FROM journal WHERE id BETWEEN ? AND ? AND t_min IS NOT NULL ORDER BY id",
                arguments: [run.lowerBound, run.upperBound]
            ).map { DecodedRows.Bounds(id: $0["id"], earliest: $0["t_min"], latest: $0["t_max"]) }
        }
        if run.upperBound <= journalIndex.lastFinished { decodedRows.addRun(run.lowerBound, rows) }
        return rows
    }

    private func samples(ofRow id: Int64) throws -> [DecodedRows.Key: Double] {
        if let known = decodedRows.find(id) { return known }
        let block = try pool.read { try Data.fetchOne($0, sql: "SELECT block FROM journal WHERE id = ?", arguments: [id]) }
        let rows = try block.map { try JournalBlock.decode([UInt8]($0)).rows } ?? []
        let samples = Dictionary(
            rows.map { (DecodedRows.Key(point: $0.point, time: $0.time), $0.value) },
            uniquingKeysWith: { first, _ in first })
        decodedRows.add(id, samples)
        return samples
    }
}
