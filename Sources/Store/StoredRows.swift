import Alarms
import Escalation
import GRDB
import Pipeline
import Telemetry

extension Alarm {
    /// Reads a row of table `alarm`.
    init(stored row: Row) throws {
        let text: String = row["subject"]
        guard let subject = AlarmSubject(text), let episode = ULID(row["episode"] as String),
            let state = AlarmState(rawValue: row["state"]), let suppression = Suppression(rawValue: row["suppression"]),
            let priority = Priority(rawValue: row["priority"])
        else {
            throw StoreError(.foreign, "table alarm holds a row that no hazardd wrote: \(text); restore a backup")
        }
        self.init(
            subject: subject, episode: episode, machine: AlarmMachine(state: state, isLatching: row["latching"]),
            suppression: suppression, priority: priority, source: row["source"], point: row["point"],
            unit: row["unit"], value: row["value"], limit: row["alarm_limit"], sampledAt: row["sampled_at"],
            receivedAt: row["received_at"], raisedAt: row["raised_at"], wasAnnounced: row["announced"],
            realarmAt: row["realarm_at"], confirmedAt: row["confirmed_at"],
            withdrawnUntil: row["withdrawn_until"], permit: row["permit"],
            firstOut: (row["first_out"] as String?).flatMap { ULID($0) }, exerciseUntil: row["exercise_until"],
            cause: row["cause"],
            consequence: BilingualText(zh: row["consequence_zh"], en: row["consequence_en"]),
            action: BilingualText(zh: row["action_zh"], en: row["action_en"]))
    }
}

extension Delay {
    /// Reads a row of table `delay`.
    init?(stored row: Row) {
        guard let subject = AlarmSubject(row["subject"] as String) else { return nil }
        self.init(
            subject: subject, isOn: row["is_on"], began: row["began"], beganAtSource: row["began_at_source"],
            value: row["value"] ?? .nan, limit: row["rule_limit"] ?? .nan)
    }
}

extension Withdrawal {
    /// Reads a row of table `withdrawal`.
    init?(stored row: Row) {
        guard let subject = AlarmSubject(row["subject"] as String), let kind = Suppression(rawValue: row["kind"]) else {
            return nil
        }
        self.init(
            subject: subject, kind: kind, since: row["since"], until: row["until"], actor: row["actor"],
            reason: row["reason"], permit: row["permit"])
    }
}

extension EscalationTask {
    /// Reads a row of table `escalation_task`.
    init?(stored row: Row) {
        guard let id = ULID(row["id"] as String), let episode = ULID(row["episode"] as String),
            let state = State(rawValue: row["state"])
        else { return nil }
        self.init(
            id: id, episode: episode, subject: row["subject"], tier: row["tier"], step: row["step"], state: state,
            dueAt: row["due_at"], wait: row["wait"], announcements: row["announcements"])
        readyAt = row["ready_at"]
        attempts = row["attempts"]
        failures = row["failures"]
        if let holder = row["holder"] as String?, let until = row["lease_until"] as Int64? {
            lease = Lease(holder: holder, until: until, announcement: row["lease_announcement"] ?? announcements)
        }
        retryAt = row["retry_at"]
        note = row["note"]
        isClosed = row["closed"]
    }
}

extension GatewayRecord {
    /// Reads a row of table `gateway`.
    init(stored row: Row) {
        self.init(
            lastSequence: row["last_sequence"], epoch: row["epoch"], highWater: row["high_water"] ?? .min,
            isDeclaredOffline: row["declared_offline"], gapEnds: row["gap_ends"], missed: row["missed"])
    }
}

extension Accounting {
    /// Reads the row of table `accounting`.
    init(stored row: Row) {
        self.init()
        received = row["received"]
        stored = row["stored"]
        duplicate = row["duplicate"]
        unmapped = row["unmapped"]
        quarantined = row["quarantined"]
    }
}
