import Alarms
import Escalation
import Foundation
import GRDB
package import Pipeline
import Registry
import Telemetry

extension StateDatabase {
    /// The most refused inputs and unknown tags kept; the oldest entries make room, further tags are counted only.
    package static let quarantineBound: Int64 = 10_000
    package static let unmappedBound = 10_000

    /// Puts a whole burst on disk, or none of it.
    /// - Parameters:
    ///   - gatewayRecord: what is to be kept of a gateway, by its position in the registry.
    ///   - records: statements about the record itself, bound into the chain with the burst.
    ///   - configuration: the one in force from here on, if it is another than before.
    package func commit(
        _ effects: Effects, gatewayRecord: (Int) -> GatewayRecord, cursors: [String: Int64] = [:],
        records: [ChainRecord] = [], configuration: ConfigurationVersion? = nil, at now: Int64
    ) throws(StoreError) {
        let block =
            effects.journal.isEmpty
            ? [] : JournalBlock.encode(effects.journal, pointNumbers: pointNumbers, gatewayNumbers: gatewayNumbers)
        let spans = effects.journal.spans.map {
            JournalSpan(
                gateway: gatewayNumbers[Int($0.key)], earliest: $0.value.lowerBound, latest: $0.value.upperBound)
        }
        let isChained = !block.isEmpty || !effects.events.isEmpty || !effects.actions.isEmpty || !records.isEmpty
        let link = chain.link(
            block: block, events: effects.events.map(\.body), actions: effects.actions.map(\.chainFields),
            records: records)
        var rows: [ULID: Int64?] = [:]
        let journalID: Int64? = try attempt {
            var journalID: Int64?
            try self.pool.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    if isChained { journalID = try StateDatabase.write(journal: effects, block, spans, link, now, db) }
                    try StateDatabase.write(events: effects.events, db)
                    try StateDatabase.write(alarms: effects.alarms, db)
                    try StateDatabase.write(delays: effects.delays, db)
                    try StateDatabase.write(withdrawals: effects.withdrawals, db)
                    try StateDatabase.write(periods: effects.periods, db)
                    rows = try StateDatabase.write(tasks: effects.tasks, rows: self.taskRows, db)
                    try StateDatabase.write(policies: effects.policies, db)
                    try StateDatabase.write(holds: effects.holds.values, db)
                    try StateDatabase.write(actions: effects.actions, journalID, db)
                    try StateDatabase.write(records: records, journalID, now, db)
                    try StateDatabase.write(configuration: configuration, db)
                    try self.write(gateways: effects.gateways, gatewayRecord, db)
                    try StateDatabase.write(refused: effects, now, db)
                    for (name, sequence) in cursors {
                        try StateDatabase.write(cursor: name, sequence, db)
                    }
                    if let fault = self.commitFault() { throw StoreError(.failed, fault) }
                    return .commit
                }
            }
            return journalID
        }
        if isChained { chain.adopt(link) }
        for (task, row) in rows { taskRows[task] = row }
        lastCommit = max(lastCommit ?? now, now)
        if let journalID, !block.isEmpty {
            journalIndex.add(journalID, spans)
        }
        try noteCompacted(records)
    }

    private static func write(
        journal effects: Effects, _ block: [UInt8], _ spans: [JournalSpan], _ link: Data, _ now: Int64, _ db: Database
    ) throws -> Int64 {
        let hasSamples = effects.journal.sampleCount > 0
        try db.cachedStatement(
            sql: """
                INSERT INTO journal
                (committed_at, t_min, t_max, samples, first_event, last_event, actions, chain, spans, block)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            now, hasSamples ? effects.journal.earliest : nil, hasSamples ? effects.journal.latest : nil,
            effects.journal.sampleCount, effects.events.first?.sequence, effects.events.last?.sequence,
            effects.actions.count,
            link, Data(JournalSpan.encode(spans)), Data(block),
        ])
        return db.lastInsertedRowID
    }

    static func write(cursor name: String, _ sequence: Int64, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO cursor VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence
                """
        ).execute(arguments: [name, sequence])
    }

    private static func write(events: [Event], _ db: Database) throws {
        guard !events.isEmpty else { return }
        var insert = try RowStatement(db, "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)")
        for event in events {
            insert.bind(event.sequence)
            insert.bind(event.time)
            insert.bind(event.type)
            insert.bind(event.site)
            insert.bind(event.subject)
            insert.bind(event.route)
            insert.bind(event.body)
            try insert.run()
        }
    }

    private static func write(delays: [AlarmSubject: Delay?], _ db: Database) throws {
        for (subject, delay) in delays {
            guard let delay else {
                try db.cachedStatement(sql: "DELETE FROM delay WHERE subject = ?")
                    .execute(arguments: [subject.description])
                continue
            }
            try db.cachedStatement(sql: "INSERT OR REPLACE INTO delay VALUES (?, ?, ?, ?, ?, ?)").execute(arguments: [
                subject.description, delay.isOn, delay.began, delay.beganAtSource,
                delay.value.isNaN ? nil : delay.value, delay.limit.isNaN ? nil : delay.limit,
            ])
        }
    }

    private static func write(withdrawals: [AlarmSubject: Withdrawal?], _ db: Database) throws {
        for (subject, withdrawal) in withdrawals {
            guard let withdrawal else {
                try db.cachedStatement(sql: "DELETE FROM withdrawal WHERE subject = ?")
                    .execute(arguments: [subject.description])
                continue
            }
            try db.cachedStatement(sql: "INSERT OR REPLACE INTO withdrawal VALUES (?, ?, ?, ?, ?, ?, ?)").execute(
                arguments: [
                    subject.description, withdrawal.since, withdrawal.until, withdrawal.actor, withdrawal.reason,
                    withdrawal.kind.rawValue, withdrawal.permit,
                ])
        }
    }

    private static func write(periods: [String]?, _ db: Database) throws {
        guard let periods else { return }
        try db.execute(sql: "DELETE FROM period")
        for name in periods {
            try db.execute(sql: "INSERT INTO period VALUES (?)", arguments: [name])
        }
    }

    private static func write(policies: [ULID: EscalationPolicy?], _ db: Database) throws {
        for (episode, policy) in policies {
            guard let policy else {
                try db.cachedStatement(sql: "DELETE FROM episode_policy WHERE episode = ?")
                    .execute(arguments: [episode.description])
                continue
            }
            try db.cachedStatement(sql: "INSERT OR REPLACE INTO episode_policy VALUES (?, ?)")
                .execute(arguments: [episode.description, policy.json])
        }
    }

    /// - Parameter journalID: the burst whose link in the chain covers them.
    private static func write(actions: [OperatorActionRecord], _ journalID: Int64?, _ db: Database) throws {
        for action in actions {
            try db.cachedStatement(
                sql: """
                    INSERT INTO operator_action (journal_id, at, actor, action, episode, comment, request_id, outcome)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                journalID, action.at, action.actor, action.action, action.target, action.comment, action.requestID,
                action.outcome,
            ])
        }
    }

    private static func write(records: [ChainRecord], _ journalID: Int64?, _ now: Int64, _ db: Database) throws {
        for record in records {
            try db.cachedStatement(sql: "INSERT INTO record (journal_id, at, kind, body) VALUES (?, ?, ?, ?)")
                .execute(arguments: [journalID, now, record.kind.rawValue, record.body])
        }
    }

    private func write(gateways: Set<Int>, _ record: (Int) -> GatewayRecord, _ db: Database) throws {
        for gateway in gateways {
            let record = record(gateway)
            try db.cachedStatement(
                sql: """
                    UPDATE gateway SET last_sequence = ?, epoch = ?, high_water = ?, declared_offline = ?, gap_ends = ?,
                    missed = ? WHERE id = ?
                    """
            ).execute(arguments: [
                record.lastSequence, record.epoch, record.highWater == .min ? nil : record.highWater,
                record.isDeclaredOffline, record.gapEnds, record.missed, gatewayNumbers[gateway],
            ])
        }
    }

    private static func write(refused effects: Effects, _ now: Int64, _ db: Database) throws {
        let totals = effects.accounting
        try db.cachedStatement(
            sql: "UPDATE accounting SET received = ?, stored = ?, duplicate = ?, unmapped = ?, quarantined = ?"
        ).execute(arguments: [
            totals.received, totals.stored, totals.duplicate, totals.unmapped, totals.quarantined,
        ])
        if !effects.quarantine.isEmpty { try write(quarantine: effects.quarantine, db) }
        guard !effects.unmapped.isEmpty else { return }
        var known = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM unmapped") ?? 0
        for (tag, count) in effects.unmapped {
            try db.cachedStatement(
                sql: "UPDATE unmapped SET count = count + ?, last_seen = ? WHERE gateway = ? AND tag = ?"
            ).execute(arguments: [count, now, tag.gateway, tag.tag])
            guard db.changesCount == 0, known < unmappedBound else { continue }
            try db.cachedStatement(sql: "INSERT INTO unmapped VALUES (?, ?, ?, ?, ?)")
                .execute(arguments: [tag.gateway, tag.tag, count, now, now])
            known += 1
        }
    }

    private static func write(quarantine entries: [QuarantineEntry], _ db: Database) throws {
        for entry in entries {
            try db.cachedStatement(
                sql: "INSERT INTO quarantine (received_at, topic, reason, detail, excerpt) VALUES (?, ?, ?, ?, ?)"
            ).execute(arguments: [entry.receivedAt, entry.topic, entry.reason, entry.detail, Data(entry.excerpt)])
        }
        let newest = db.lastInsertedRowID
        try db.cachedStatement(sql: "DELETE FROM quarantine WHERE id <= ?")
            .execute(arguments: [newest - quarantineBound])
    }
}

extension OperatorActionRecord {
    /// The action's fields in the order in which they enter the evidence chain.
    fileprivate var chainFields: [String] {
        [String(at), actor, action, target, comment ?? "", requestID ?? "", outcome]
    }
}
