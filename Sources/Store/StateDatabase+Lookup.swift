import Foundation
import GRDB
package import Telemetry

extension StateDatabase {
    /// The value recorded for exactly this point and time.
    /// - Parameter gateway: the point's gateway, by its position in the registry.
    package func recordedValue(
        _ point: PointIndex, gateway: Int, at time: Int64
    ) throws(StoreError) -> Double? {
        let key = DecodedRows.Key(point: pointNumbers[point.position], time: time)
        let gateway = gatewayNumbers[gateway]
        return try attempt {
            for row in try self.journalIndex.candidates(gateway, at: time, self.pool) {
                if let value = try self.samples(ofRow: row)[key] { return value }
            }
            return nil
        }
    }

    private func samples(ofRow id: Int64) throws -> [DecodedRows.Key: Double] {
        if let known = decodedRows.find(id) { return known }
        let block = try pool.read {
            try Data.fetchOne($0, sql: "SELECT block FROM journal WHERE id = ?", arguments: [id])
        }
        let rows = try block.map { try JournalBlock.decode([UInt8]($0)).rows } ?? []
        let samples = Dictionary(
            rows.map { (DecodedRows.Key(point: $0.point, time: $0.time), $0.value) },
            uniquingKeysWith: { first, _ in first })
        decodedRows.add(id, samples)
        return samples
    }
}
