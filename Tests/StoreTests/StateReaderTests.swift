import Alarms
import Pipeline
import Registry
import Store
import Telemetry
import TestKit
import Testing

@Suite("A reader of the state")
struct StateReaderTests {
    private static let start = StoreFixture.start

    private func reader(_ fixture: StoreFixture) throws -> StateReader {
        try StateReader(fixture.folder)
    }

    @Test("gives a point's samples between two times, both included, by time and once each, and no other point's")
    func samples() throws {
        let fixture = try StoreFixture()
        try fixture.commit(StoreFixture.samples(0, [(30, 3), (20, 2), (20, 7)]))
        try fixture.commit(StoreFixture.samples(1, [(20, -1), (25, -1)]))
        try fixture.commit(StoreFixture.samples(0, [(10, 1), (20, 8), (40, 4), (50, 5)]))
        let reader = try reader(fixture)
        let found = try reader.samples(ofNumber: 1, from: 20, through: 40)
        #expect(found.map(\.time) == [20, 30, 40])
        #expect(found.map(\.value) == [2, 3, 4], "of several at one time the first recorded counts")
        #expect(found.allSatisfy { $0.quality == .good })
        #expect(try reader.samples(ofNumber: 1, from: 51, through: 99) == [])
        #expect(try reader.samples(ofNumber: 4, from: 0, through: 99) == [])
        #expect(try reader.pointNumber("shengli/P-0") == 1)
        #expect(try reader.pointNumber("shengli/P-9") == nil, "never in force")
    }

    @Test("finds every sample of many bursts, late ones included, through the pool and read-only alike")
    func manyBursts() throws {
        let fixture = try StoreFixture()
        for burst in Int64(0)..<400 {
            var effects = StoreFixture.samples(0, [(burst * 10, Double(burst) / 8)])
            StoreFixture.addLate(1, at: 100_000 - burst, .nan, quality: .bad, to: &effects)
            try fixture.commit(effects)
        }
        for reader in [try reader(fixture), fixture.database.reader] {
            let found = try reader.samples(ofNumber: 1, from: 500, through: 1_500)
            #expect(found.map(\.time) == Array(stride(from: 500, through: 1_500, by: 10)))
            #expect(found.map(\.value) == (50...150).map { Double($0) / 8 })
            let late = try reader.samples(ofNumber: 2, from: 0, through: .max)
            #expect(late.map(\.time) == Array(99_601...100_000))
            #expect(late.allSatisfy { $0.value.isNaN && $0.quality == .bad })
        }
    }

    @Test("keeps every point's newest sample up to date from the snapshot and what came after it")
    func latest() throws {
        let fixture = try StoreFixture()
        var latest = LatestSamples()
        let reader = try reader(fixture)
        try reader.refresh(&latest)
        #expect(latest.byPoint.isEmpty)

        try fixture.commit(StoreFixture.samples(0, [(10, 1)]))
        try fixture.commit(StoreFixture.samples(1, [(10, 2)]))
        try reader.refresh(&latest)
        #expect(latest.byPoint.mapValues(\.value) == ["shengli/P-0": 1, "shengli/P-1": 2])

        let options = EngineOptions(
            node: "n1", policies: [:], futureLimit: 300_000, lagLimit: 600_000, escalationHold: 0, seed: 1)
        let engine = Engine(
            registry: StoreFixture.registry, options: options, state: try fixture.database.load(),
            at: Instant(wall: StateReaderTests.start, monotonic: 0))
        try fixture.database.save(snapshotOf: engine, at: StateReaderTests.start)
        var effects = StoreFixture.samples(0, [(20, 3)])
        StoreFixture.addLate(1, at: 5, 99, to: &effects)
        try fixture.commit(effects)
        var fresh = LatestSamples()
        try reader.refresh(&fresh)
        try reader.refresh(&latest)
        #expect(latest.byPoint == fresh.byPoint)
        #expect(latest.byPoint.mapValues(\.time) == ["shengli/P-0": 20, "shengli/P-1": 10], "a late one is no newest")
    }

    @Test("lists refused input: tags by frequency, quarantine newest first and no more than asked for")
    func refused() throws {
        let fixture = try StoreFixture()
        var effects = Effects()
        effects.unmapped = [UnmappedTag(gateway: "gw1", tag: "A"): 2, UnmappedTag(gateway: "gw2", tag: "B"): 5]
        effects.quarantine = (1...5).map { number in
            QuarantineEntry(
                receivedAt: Int64(number), topic: "t\(number)", reason: "value", detail: "d",
                excerpt: [0, UInt8(number)])
        }
        effects.accounting.received = 12
        effects.accounting.unmapped = 7
        effects.accounting.quarantined = 5
        try fixture.commit(effects, at: 70)
        effects.unmapped = [UnmappedTag(gateway: "gw1", tag: "A"): 4]
        effects.quarantine = []
        try fixture.commit(effects, at: 80)
        let reader = try reader(fixture)
        let tags = try reader.unmappedTags()
        #expect(tags.map(\.tag) == ["A", "B"])
        #expect(tags.map(\.count) == [6, 5])
        #expect(tags.map(\.firstSeen) == [70, 70])
        #expect(tags.map(\.lastSeen) == [80, 70])
        let inputs = try reader.quarantine(limit: 2)
        #expect(inputs.map(\.entry.topic) == ["t5", "t4"])
        #expect(inputs.first?.entry.excerpt == [0, 5])
    }

    @Test("knows the node's figures")
    func status() throws {
        let fixture = try StoreFixture()
        #expect(try reader(fixture).status().lastCommit == nil)
        var effects = StoreFixture.samples(0, [(10, 9)])
        effects.events = [StoreFixture.event(1), StoreFixture.event(2)]
        effects.accounting.received = 4
        effects.accounting.stored = 1
        effects.accounting.duplicate = 3
        effects.alarms = [StateReaderTests.alarm.subject: StateReaderTests.alarm]
        try fixture.database.recordWriter(process: 77)
        try fixture.commit(effects, at: 90, cursors: ["feed": 1])
        let status = try reader(fixture).status()
        #expect(status.accounting == effects.accounting)
        #expect(status.lastSequence == 2)
        #expect(status.publishedSequence == 1)
        #expect(status.standingAlarms == 1)
        #expect(status.unacknowledgedAlarms == 1)
        #expect(status.lastCommit == 90)
        #expect(status.synchronous == 2)
        #expect(status.process == 77)
        #expect(status.databaseBytes + status.walBytes > 10_000)
    }

    @Test("refuses where there is no state")
    func absent() throws {
        let temporary = try TemporaryFolder()
        let error = #expect(throws: StoreError.self) { try StateReader(StateFolder(temporary.path)) }
        #expect(error?.kind == .absent)
    }

    static let alarm = Alarm(
        subject: AlarmSubject(site: "shengli", object: "P-0", condition: .high), episode: ULID(high: 7, low: 9),
        machine: AlarmMachine(state: .unacknowledged), priority: .high, point: "P-0", value: 9, limit: 8,
        receivedAt: start, raisedAt: start)
}
