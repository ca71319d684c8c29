import Alarms
import Escalation
import Foundation
import GRDB
package import Pipeline
import Registry
import Telemetry

extension StateDatabase {
    /// Everything the engine needs to go on, for the registry last adopted.
    package func load() throws(StoreError) -> EngineState {
        try attempt {
            try self.pool.read { db in
                var state = EngineState()
                state.alarms = try Row.fetchAll(db, sql: "SELECT * FROM alarm").map { try Alarm(stored: $0) }
                state.delays = try Row.fetchAll(db, sql: "SELECT * FROM delay").compactMap { Delay(stored: $0) }
                state.withdrawals = try Row.fetchAll(db, sql: "SELECT * FROM withdrawal")
                    .compactMap { Withdrawal(stored: $0) }
                state.periods = try String.fetchAll(db, sql: "SELECT name FROM period")
                try self.loadTasks(&state, db)
                for row in try Row.fetchAll(db, sql: "SELECT episode, policy FROM episode_policy") {
                    guard let episode = ULID(row["episode"] as String) else { continue }
                    state.policies[episode] = EscalationPolicy(json: row["policy"])
                }
                for row in try Row.fetchAll(db, sql: "SELECT * FROM gateway") {
                    state.gateways[row["name"]] = GatewayRecord(stored: row)
                }
                try self.loadSamples(&state, db)
                try StateDatabase.loadCounts(&state, db)
                try StateDatabase.loadAnnunciations(&state, db)
                return state
            }
        }
    }

    /// Writes what a restart would otherwise read the whole journal for; afterwards it reads what came since.
    package func save(snapshotOf engine: Engine, at now: Int64) throws(StoreError) {
        let samples = pointNumbers.indices.compactMap { position -> Snapshot.Sample? in
            let point = PointIndex(position)
            guard let last = engine.lastSample(point) else { return nil }
            return Snapshot.Sample(
                point: pointNumbers[position], time: last.time, quality: last.quality.rawValue,
                epoch: engine.epoch(point), value: last.value)
        }
        let body = Snapshot.body(
            samples: samples, recentMessages: engine.recentMessages,
            watches: engine.watches.map { (pointNumbers[$0.point.position], $0.watch.kept) })
        snapshotThrough = try attempt {
            try self.pool.write { db in
                try db.execute(
                    sql: """
                        INSERT OR REPLACE INTO snapshot VALUES
                        (1, (SELECT COALESCE(MAX(id), 0) FROM journal), ?, ?)
                        """, arguments: [now, Data(body)])
                return try Int64.fetchOne(db, sql: "SELECT journal_id FROM snapshot") ?? 0
            }
        }
    }

    private func loadTasks(_ state: inout EngineState, _ db: Database) throws {
        taskRows = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT rowid AS place, * FROM escalation_task WHERE closed = 0")
        while let row = try rows.next() {
            guard let task = EscalationTask(stored: row) else { continue }
            taskRows[task.id] = row["place"]
            state.tasks.append(task)
        }
    }

    /// Reads every point's newest sample: out of the snapshot, then out of the journal's rows since.
    private func loadSamples(_ state: inout EngineState, _ db: Database) throws {
        var since: Int64 = 0
        let positions = PointPositions(pointNumbers)
        var newest = [EngineState.RecordedSample?](repeating: nil, count: pointNumbers.count)
        var watches = self.watches
        if let snapshot = try Snapshot.read(db) {
            since = snapshot.journalID
            for sample in snapshot.samples {
                guard let position = positions.position(of: sample.point) else { continue }
                newest[position] = EngineState.RecordedSample(
                    point: PointIndex(position), time: sample.time, value: sample.value,
                    quality: Quality(rawValue: sample.quality), epoch: sample.epoch)
            }
            state.recentMessages = snapshot.recentMessages
            for (position, watch) in watches {
                var watch = watch
                watch.restore(snapshot.watches[pointNumbers[position]] ?? [])
                watches[position] = watch
            }
        }
        let blocks = try Data.fetchCursor(
            db, sql: "SELECT block FROM journal WHERE id > ? AND t_min IS NOT NULL ORDER BY id", arguments: [since])
        while let block = try blocks.next() {
            let messages = try JournalBlock.forEachRow(of: [UInt8](block)) { row in
                guard !row.isLate, let position = positions.position(of: row.point) else { return }
                if watches[position] != nil {
                    if let epoch = newest[position]?.epoch, epoch != row.epoch { watches[position]?.forgetTimes() }
                    if !Quality(rawValue: row.quality).isBad { watches[position]?.take(row.value, at: row.time) }
                }
                newest[position] = EngineState.RecordedSample(
                    point: PointIndex(position), time: row.time, value: row.value,
                    quality: Quality(rawValue: row.quality), epoch: row.epoch)
            }
            for message in messages where message.hash != 0 { state.recentMessages.append(message.hash) }
        }
        state.samples = newest.compactMap { $0 }
        state.watches = watches.sorted { $0.key < $1.key }.map { (PointIndex($0.key), $0.value) }
    }

    private static func loadCounts(_ state: inout EngineState, _ db: Database) throws {
        state.lastSequence = try Int64.fetchOne(db, sql: "SELECT MAX(sequence) FROM event") ?? 0
        for row in try Row.fetchAll(db, sql: "SELECT site, MAX(sequence) AS last FROM event GROUP BY site") {
            state.lastSequenceBySite[row["site"]] = row["last"]
        }
        if let row = try Row.fetchOne(db, sql: "SELECT * FROM accounting") {
            state.accounting = Accounting(stored: row)
        }
        state.lastCommit = try Int64.fetchOne(db, sql: "SELECT committed_at FROM journal ORDER BY id DESC LIMIT 1")
    }
}
