import Alarms
package import Evidence
import Foundation
package import Historian
package import Pipeline
package import Registry
import Settings
package import Store
import Telemetry
package import TestKit

/// A state directory of its own that records what a test tells it to, compacts and seals it, as the daemon does but step
/// by step. Points are `shengli/P-0` on; their days are those of Asia/Shanghai.
package final class RecordedState {
    package static let timeZone = "Asia/Shanghai"
    package static let node = "n1"
    /// 2025-11-23T00:00 in Shanghai, UTC milliseconds.
    package static let dayStart: Int64 = 1_763_827_200_000
    package static let day: Int64 = 86_400_000

    package let temporary: TemporaryFolder
    package let folder: StateFolder
    package let registry: Registry
    package private(set) var store: StateDatabase
    package private(set) var sealer: Sealer
    package private(set) var totals = Accounting()
    private var pending: [ChainRecord] = []
    private var configuration: ConfigurationVersion?
    private var sequence: Int64 = 0
    /// The wall clock as the state sees it; every commit moves it on.
    package var now: Int64 = RecordedState.dayStart

    package init(points: Int = 4) throws {
        temporary = try TemporaryFolder("hazardd-history")
        folder = StateFolder(temporary.file("state"))
        try folder.create()
        registry = Registry(
            sites: [Site(name: "shengli")],
            points: (0..<points).map { Point(site: 0, name: "P-\($0)", gateway: 0, tag: "T\($0)") },
            gateways: [Gateway(name: "gw1", sites: [0])])
        store = try StateDatabase(folder, durability: .full)
        try store.adopt(registry)
        sealer = try Sealer(store, node: RecordedState.node)
        pending = [sealer.introduction].compactMap { $0 }
    }

    /// Opens the files anew, as a start does.
    package func reopen() throws {
        try store.close()
        store = try StateDatabase(folder, durability: .full)
        try store.adopt(registry)
        sealer = try Sealer(store, node: RecordedState.node)
        pending = [sealer.introduction].compactMap { $0 }
    }

    /// Records one message with these samples, in one burst with so many events and operator actions.
    package func record(
        _ samples: [RecordedSample], shift: Int64 = 0, isLate: Bool = false, events: Int = 0, actions: Int = 0
    ) throws {
        var effects = Effects()
        if !samples.isEmpty {
            effects.journal.begin(JournalBatch.Message(gateway: 0, receivedAt: now, shift: shift))
            for sample in samples {
                effects.journal.append(
                    sample.point, time: sample.time, value: sample.value, quality: Quality(rawValue: sample.quality),
                    isLate: isLate)
            }
            effects.journal.endMessage()
        }
        totals.received += Int64(samples.count)
        totals.stored += Int64(samples.count)
        for _ in 0..<events { effects.events.append(nextEvent()) }
        for number in 0..<actions {
            effects.actions.append(
                OperatorActionRecord(
                    at: now,
                    command: OperatorCommand(
                        action: .acknowledge, episode: ULID(high: 1, low: UInt64(number)), actor: "li", comment: "seen"),
                    outcome: "done"))
        }
        try commit(effects)
    }

    /// Puts records into the chain.
    package func commit(records: [ChainRecord]) throws {
        pending += records
        try commit(Effects())
    }

    /// Puts a configuration in force.
    package func apply(_ draft: ConfigurationDraft) throws {
        let applied = try draft.applied(at: now)
        pending.append(applied.record)
        configuration = applied.version
        try commit(Effects())
    }

    /// Makes a snapshot, so that what is recorded may be compacted and deleted.
    package func snapshot() throws {
        let options = EngineOptions(
            node: RecordedState.node, policies: [:], futureLimit: 300_000, lagLimit: 600_000, escalationHold: 0,
            seed: 1)
        let engine = Engine(
            registry: registry, options: options, state: try store.load(), at: Instant(wall: now, monotonic: 0))
        try store.save(snapshotOf: engine, at: now)
    }

    /// The chores with this state as their owner.
    package func chores() throws -> HistoryChores {
        try HistoryChores(
            reader: store.reader, state: folder, node: RecordedState.node, timeZone: RecordedState.timeZone
        ) { [unowned self] in try commit(records: $0) }
    }

    /// Compacts everything but the last row, in one pass or more.
    @discardableResult
    package func compact() throws -> [CompactionRecord] {
        try snapshot()
        let chores = try chores()
        var records: [CompactionRecord] = []
        while let record = try chores.compact(points: registry.points.count, isForced: true, at: now) {
            records.append(record)
            try snapshot()
        }
        return records
    }

    /// Deletes the journal's compacted rows.
    package func deleteCompacted() throws {
        try snapshot()
        while try store.deleteCompacted() {}
    }

    package var pointCount: Int { registry.points.count }

    package var history: HistoryReader { HistoryReader(store.reader, folder) }

    private func commit(_ effects: Effects) throws {
        var effects = effects
        effects.accounting = totals
        now += 1_000
        try store.commit(
            effects, gatewayRecord: { _ in GatewayRecord() }, records: pending, configuration: configuration, at: now)
        pending = []
        configuration = nil
    }

    private func nextEvent() -> Event {
        sequence += 1
        var random = RandomState(seed: UInt64(sequence))
        return Event(
            node: RecordedState.node, sequence: sequence, previous: sequence > 1 ? sequence - 1 : nil,
            id: ULID(time: now, random: &random), type: "hazard.alarm.raised.v1", site: "shengli",
            subject: "shengli/P-0/H", time: now, data: #"{"value":9.5,"note":"液氨"}"#)
    }
}
