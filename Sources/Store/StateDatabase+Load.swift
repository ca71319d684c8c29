import Alarms
import Escalation
import Foundation
import GRDB
package import Pipeline
import Telemetry

extension StateDatabase {
    /// Everything the engine needs to go on, for the registry last adopted.
    package func load() throws(StoreError) -> EngineState {
        try attempt {
            try self.pool.read { db in
                var state = EngineState()
                state.alarms = try Row.fetchAll(db, sql: "SELECT * FROM alarm").map { try Alarm(stored: $0) }
                state.delays = try Row.fetchAll(db, sql: "SELECT * FROM delay").compactMap { Delay(stored: $0) }
                state.tasks = try Row.fetchAll(
                    db, sql: "SELECT * FROM escalation_task WHERE state IN ('scheduled', 'due')"
                ).compactMap { EscalationTask(stored: $0) }
                for row in try Row.fetchAll(db, sql: "SELECT * FROM gateway") {
                    state.gateways[row["name"]] = GatewayRecord(stored: row)
                }
                try self.loadSamples(&state, db)
                try StateDatabase.loadCounts(&state, db)
                return state
            }
        }
    }

    /// Writes what a restart would otherwise read the whole journal for; afterwards it reads what came since.
    package func save(snapshotOf engine: Engine, at now: Int64) throws(StoreError) {
        var writer = ByteWriter()
        let recorded = pointNumbers.indices.filter { engine.lastSample(PointIndex($0)) != nil }
        writer.unsigned(UInt64(recorded.count))
        for point in recorded {
            guard let last = engine.lastSample(PointIndex(point)) else { continue }
            writer.unsigned(UInt64(pointNumbers[point]))
            writer.signed(last.time)
            writer.byte(last.quality.rawValue)
            writer.byte(engine.epoch(PointIndex(point)))
            writer.fixed(last.value.bitPattern)
        }
        let recent = engine.recentMessages
        writer.unsigned(UInt64(recent.count))
        for hash in recent { writer.fixed(hash) }
        try attempt {
            try self.pool.write { db in
                try db.execute(
                    sql: """
                        INSERT OR REPLACE INTO snapshot VALUES
                        (1, (SELECT COALESCE(MAX(id), 0) FROM journal), ?, ?)
                        """, arguments: [now, Data(writer.bytes)])
            }
        }
    }

    private func loadSamples(_ state: inout EngineState, _ db: Database) throws {
        var since: Int64 = 0
        if let row = try Row.fetchOne(db, sql: "SELECT journal_id, body FROM snapshot") {
            since = row["journal_id"]
            let body: Data = row["body"]
            var reader = ByteReader([UInt8](body))
            for _ in 0..<(try reader.unsigned()) {
                let number = Int64(clamping: try reader.unsigned())
                let time = try reader.signed()
                let quality = Quality(rawValue: try reader.byte())
                let epoch = try reader.byte()
                let value = Double(bitPattern: try reader.fixed())
                guard let position = pointPositions[number] else { continue }
                state.samples.append(
                    EngineState.RecordedSample(
                        point: PointIndex(position), time: time, value: value, quality: quality, isLate: false,
                        epoch: epoch))
            }
            for _ in 0..<(try reader.unsigned()) { state.recentMessages.append(try reader.fixed()) }
        }
        let blocks = try Data.fetchCursor(
            db, sql: "SELECT block FROM journal WHERE id > ? AND t_min IS NOT NULL ORDER BY id", arguments: [since])
        while let block = try blocks.next() {
            let (messages, rows) = try JournalBlock.decode([UInt8](block))
            for message in messages where message.hash != 0 { state.recentMessages.append(message.hash) }
            for row in rows {
                guard let position = pointPositions[row.point] else { continue }
                state.samples.append(
                    EngineState.RecordedSample(
                        point: PointIndex(position), time: row.time, value: row.value,
                        quality: Quality(rawValue: row.quality), isLate: row.isLate, epoch: row.epoch))
            }
        }
    }

    private static func loadCounts(_ state: inout EngineState, _ db: Database) throws {
        state.lastSequence = try Int64.fetchOne(db, sql: "SELECT MAX(sequence) FROM event") ?? 0
        for row in try Row.fetchAll(db, sql: "SELECT site, MAX(sequence) AS last FROM event GROUP BY site") {
            state.lastSequenceBySite[row["site"]] = row["last"]
        }
        if let row = try Row.fetchOne(db, sql: "SELECT * FROM accounting") { state.accounting = Accounting(stored: row) }
        state.lastCommit = try Int64.fetchOne(db, sql: "SELECT committed_at FROM journal ORDER BY id DESC LIMIT 1")
    }
}
