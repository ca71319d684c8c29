import Alarms
import Escalation
import GRDB
import Pipeline
import Registry
import Settings
import Store
import Telemetry
import Testing

@Suite("What is committed")
struct RoundTripTests {
    private func alarm(_ condition: Condition, _ state: AlarmState, full: Bool) -> Alarm {
        var random = RandomState(seed: UInt64(condition.rawValue))
        return Alarm(
            subject: AlarmSubject(site: "shengli", object: "P-0", condition: condition),
            episode: ULID(time: 7, random: &random), machine: AlarmMachine(state: state, isLatching: full),
            suppression: full ? .suppressedByDesign : .none, priority: full ? .critical : .low,
            source: full ? "TF-1" : "", point: full ? "P-0" : nil, unit: full ? "m" : nil, value: full ? -0.1 : nil,
            limit: full ? 9.5 : nil, sampledAt: full ? 123 : nil, receivedAt: 456, raisedAt: 455, wasAnnounced: full,
            realarmAt: full ? 789 : nil, confirmedAt: full ? 790 : nil, withdrawnUntil: full ? 791 : nil,
            permit: full ? "P-77" : nil, firstOut: full ? ULID(high: 5, low: 6) : nil, exerciseUntil: full ? 792 : nil,
            cause: full ? "configuration" : nil,
            consequence: full ? BilingualText(zh: "溢罐", en: "overflow") : BilingualText(),
            action: full ? BilingualText(zh: "停泵") : BilingualText())
    }

    private func task(_ number: UInt64, _ state: EscalationTask.State, dueAt: Int64?) -> EscalationTask {
        EscalationTask(
            id: ULID(high: 1, low: number), episode: ULID(high: 2, low: 2), subject: "shengli/P-0/HH", tier: "county",
            step: Int(number), state: state, dueAt: dueAt, wait: 300_000, announcements: Int(number))
    }

    @Test("is loaded again, table by table")
    func everyTable() throws {
        let fixture = try StoreFixture()
        var effects = StoreFixture.samples(0, [(StoreFixture.start, 7.9), (StoreFixture.start + 1, .nan)])
        effects.journal.begin(
            JournalBatch.Message(gateway: 1, receivedAt: StoreFixture.start, shift: 9, hash: 77, epoch: 3))
        effects.journal.append(2, time: 5, value: -0.0, quality: .uncertain, isLate: true)
        effects.journal.append(1, time: 6, value: -0.0, quality: .uncertain, isLate: false)
        effects.journal.endMessage()
        let alarms = [alarm(.highHigh, .latchedUnacknowledged, full: true), alarm(.bad, .acknowledged, full: false)]
        for alarm in alarms { effects.alarms.updateValue(alarm, forKey: alarm.subject) }
        let delays = [
            Delay(subject: alarms[0].subject, isOn: true, began: 1, beganAtSource: -2, value: 9.6, limit: 9.5),
            Delay(subject: alarms[1].subject, isOn: false, began: 3, beganAtSource: 4, value: .infinity, limit: 8),
        ]
        for delay in delays { effects.delays.updateValue(delay, forKey: delay.subject) }
        let withdrawals = [
            Withdrawal(
                subject: alarms[0].subject, kind: .outOfService, since: 1, until: 2, actor: "li(7)", reason: "检修",
                permit: "P-77"),
            Withdrawal(subject: alarms[1].subject, kind: .shelved, since: 3, until: 4, actor: "wang", reason: "noisy"),
        ]
        for withdrawal in withdrawals { effects.withdrawals.updateValue(withdrawal, forKey: withdrawal.subject) }
        effects.periods = ["congress"]
        var tasks = [
            task(1, .scheduled, dueAt: 5), task(2, .ready, dueAt: nil), task(3, .ready, dueAt: nil),
            task(4, .done, dueAt: nil), task(5, .leased, dueAt: nil), task(6, .leased, dueAt: 8),
            task(7, .skipped, dueAt: nil),
        ]
        tasks[2].close()
        tasks[3].lease(to: "sms", for: 1_000, at: 7)
        tasks[3].complete(note: "told", at: 8)
        tasks[4].lease(to: "短信", for: 1_000, at: 7)
        tasks[5].fail(note: "no line", at: 9)
        let policies = [ULID(high: 2, low: 2): EscalationPolicy.standard]
        for (episode, policy) in policies { effects.policies.updateValue(policy, forKey: episode) }
        for task in tasks { effects.keep(task) }
        effects.events = [StoreFixture.event(1), StoreFixture.event(2, "_node"), StoreFixture.event(3, route: "a/b")]
        effects.gateways = [0, 1]
        let records = [
            GatewayRecord(),
            GatewayRecord(
                lastSequence: 12, epoch: 3, highWater: 99, isDeclaredOffline: true, gapEnds: 5, missed: 6),
        ]
        effects.quarantine = [
            QuarantineEntry(receivedAt: 1, topic: "t", reason: "value", detail: "d", excerpt: [0, 255])
        ]
        effects.unmapped = [UnmappedTag(gateway: "gw1", tag: "X"): 3]
        effects.actions = [StoreFixture.action("done", comment: "seen", requestID: "r1")]
        effects.accounting.received = 10
        effects.accounting.stored = 3
        effects.accounting.duplicate = 2
        effects.accounting.unmapped = 4
        effects.accounting.quarantined = 1
        try fixture.database.commit(
            effects, gatewayRecord: { records[$0] }, cursors: ["feed": 2], at: StoreFixture.start + 9)
        try fixture.reopen()

        let state = try fixture.database.load()
        #expect(Set(state.alarms) == Set(alarms))
        #expect(Set(state.delays) == Set(delays))
        #expect(Set(state.withdrawals) == Set(withdrawals))
        #expect(state.periods == ["congress"])
        #expect(Set(state.tasks) == Set(tasks.filter { !$0.isClosed }))
        #expect(state.policies == policies)
        #expect(state.gateways == ["gw1": records[0], "gw2": records[1]])
        #expect(state.recentMessages == [77])
        #expect(state.lastSequence == 3)
        #expect(state.lastSequenceBySite == ["shengli": 3, "_node": 2])
        #expect(state.accounting == effects.accounting)
        #expect(state.lastCommit == StoreFixture.start + 9)
        #expect(fixture.database.lastCommit == StoreFixture.start + 9)
        // Point 2 has a late sample only, which is nobody's newest.
        #expect(state.samples.map(\.point.position) == [0, 1])
        #expect(state.samples.map(\.time) == [StoreFixture.start + 1, 6])
        #expect(state.samples.map(\.value.bitPattern) == [.nan, -0.0].map(\.bitPattern))
        #expect(state.samples.map(\.quality) == [.good, .uncertain])
        #expect(state.samples.map(\.epoch) == [0, 3])
        let reader = fixture.database.reader
        #expect(try reader.events(after: 0, limit: 10) == effects.events)
        #expect(try reader.cursor("feed") == 2)
        #expect(try reader.outcome(actor: "li", requestID: "r1", since: 0) == "done")
    }

    @Test("is gone again when it is over")
    func removal() throws {
        let fixture = try StoreFixture()
        let alarm = alarm(.high, .unacknowledged, full: true)
        var effects = Effects()
        effects.alarms.updateValue(alarm, forKey: alarm.subject)
        effects.delays.updateValue(
            Delay(subject: alarm.subject, isOn: true, began: 1, beganAtSource: 2, value: .nan), forKey: alarm.subject)
        try fixture.commit(effects)
        #expect(try fixture.database.load().delays.first?.value.isNaN == true)
        effects.alarms.updateValue(nil, forKey: alarm.subject)
        effects.delays.updateValue(nil, forKey: alarm.subject)
        try fixture.commit(effects)
        let state = try fixture.database.load()
        #expect(state.alarms.isEmpty && state.delays.isEmpty)
    }

    @Test("belongs to the point of its name, in whatever order the registry then stands")
    func reorderedRegistry() throws {
        let fixture = try StoreFixture()
        try fixture.commit(StoreFixture.samples(1, [(10, 1.5)]))
        try fixture.commit(StoreFixture.samples(3, [(20, 3.5)]))
        var registry = StoreFixture.registry
        registry.points.reverse()
        registry.points.removeAll { $0.name == "P-3" }
        try fixture.reopen(registry)
        let samples = try fixture.database.load().samples
        #expect(samples.map { registry.points[$0.point.position].name } == ["P-1"])
        #expect(samples.map(\.value) == [1.5])
    }

    @Test("up to a snapshot is read from the snapshot, and the rest from the journal")
    func snapshotAndTail() throws {
        let fixture = try StoreFixture()
        for number in 0..<50 {
            try fixture.commit(StoreFixture.samples(number % 4, [(Int64(number), Double(number))]))
        }
        let engine = Engine(
            registry: StoreFixture.registry,
            options: EngineOptions(
                node: "n1", policies: [:], futureLimit: 0, lagLimit: 0, escalationHold: 0, seed: 1),
            state: try fixture.database.load(), at: Instant(wall: StoreFixture.start, monotonic: 0))
        try fixture.database.save(snapshotOf: engine, at: StoreFixture.start)
        try fixture.commit(StoreFixture.samples(2, [(60, 60)]))
        try fixture.reopen()
        let samples = try fixture.database.load().samples
        #expect(samples.map(\.time) == [48, 49, 60, 47])
        #expect(samples.map(\.point.position) == [0, 1, 2, 3])
        #expect(samples.map(\.value) == [48, 49, 60, 47])
    }

    @Test("with full durability is written with synchronous FULL, and with NORMAL otherwise")
    func durability() throws {
        let fixture = try StoreFixture()
        #expect(try fixture.database.synchronousLevel() == 2)
        try fixture.commit(StoreFixture.samples(0, [(1, 1)]))
        try fixture.database.checkpoint()
        #expect(try fixture.database.synchronousLevel() == 2)
        try fixture.database.close()
        let normal = try StateDatabase(fixture.folder, durability: .normal)
        #expect(try normal.synchronousLevel() == 1)
    }

    @Test("of refused input stays inside its bound: the oldest makes room")
    func quarantineBound() throws {
        let fixture = try StoreFixture()
        let bound = Int(StateDatabase.quarantineBound)
        for burst in 0..<12 {
            var effects = Effects()
            effects.quarantine = (0..<1_000).map { number in
                QuarantineEntry(
                    receivedAt: Int64(burst * 1_000 + number), topic: "t", reason: "value", detail: "d", excerpt: [1])
            }
            try fixture.commit(effects)
        }
        var effects = Effects()
        for number in 0..<(StateDatabase.unmappedBound + 500) {
            effects.unmapped[UnmappedTag(gateway: "gw1", tag: "X\(number)")] = 1
        }
        try fixture.commit(effects)
        try fixture.commit(effects)
        try fixture.database.close()
        try DatabaseQueue(path: fixture.folder.database).read { db in
            let times = try Int.fetchAll(db, sql: "SELECT received_at FROM quarantine ORDER BY id")
            #expect(times == Array((12_000 - bound)..<12_000))
            let unmapped = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM unmapped") ?? 0
            #expect(unmapped == StateDatabase.unmappedBound)
            let most = try Int.fetchOne(db, sql: "SELECT MAX(count) FROM unmapped")
            #expect(most == 2)
        }
    }
}
