import Foundation
import GRDB
package import Telemetry

extension StateDatabase {
    /// The value first recorded for exactly this point and time.
    package func recordedValue(_ point: PointIndex, at time: Int64) throws(StoreError) -> Double? {
        let number = pointNumbers[point.position]
        return try attempt {
            for run in self.journalIndex.runs(at: time) {
                let ids = try self.pool.read { db in
                    try Int64.fetchAll(
                        db,
                        sql: "SELECT id FROM journal WHERE id BETWEEN ? AND ? AND t_min <= ? AND t_max >= ? ORDER BY id",
                        arguments: [run.lowerBound, run.upperBound, time, time])
                }
                for id in ids {
                    if let value = try self.samples(ofRow: id)[DecodedRows.Key(point: number, time: time)] {
                        return value
                    }
                }
            }
            return nil
        }
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
