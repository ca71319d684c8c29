import Historian
package import Pipeline
package import Registry
import Settings
package import Store
package import Telemetry

/// The state in the hands of a command while no daemon runs: takes the daemon's place for a moment.
package final class OfflineNode {
    package var store: StateDatabase { state.store }
    package var engine: Engine { state.engine }
    /// UTC milliseconds.
    let openedAt: Int64
    private let configuration: Configuration
    private let state: OfflineState
    private let sealer: Sealer
    private var pending: [ChainRecord]

    /// Rebuilds the engine as a start would.
    /// - Throws: a `StoreError` of kind `locked` where a daemon holds the state directory.
    package init(
        _ configuration: Configuration, command: String, seed: UInt64, at now: Instant
    ) throws {
        self.configuration = configuration
        openedAt = now.wall
        try StateFolder(configuration.settings.stateDirectory).create()
        state = try OfflineState(configuration, holder: command, seed: seed, at: now)
        sealer = try Sealer(state.store, node: configuration.settings.node)
        pending = [sealer.introduction].compactMap { $0 }
    }

    /// Puts on disk what followed from the engine's inputs.
    package func commit(_ records: [ChainRecord] = [], at now: Int64) throws {
        try store.commit(
            engine.effects, gatewayRecord: { engine.record(ofGateway: $0) }, records: pending + records, at: now)
        pending = []
        engine.didCommit()
    }

    /// Compacts the whole journal and seals every day that has ended.
    package func compact(at now: Int64) throws -> (compacted: Int64, sealed: [DayRecord]) {
        try commit(at: now)
        try store.save(snapshotOf: engine, at: now)
        let chores = try HistoryChores(
            reader: store.reader, state: store.folder, node: configuration.settings.node,
            timeZone: configuration.settings.timeZone
        ) { [self] records in try commit(records, at: now) }
        try chores.recover()
        var samples: Int64 = 0
        while let record = try chores.compact(
            points: configuration.registry.points.count, isForced: true, at: now)
        {
            samples += record.samples
            try store.save(snapshotOf: engine, at: now)
        }
        let sealed = try chores.sealDays(endedBefore: now)
        try store.save(snapshotOf: engine, at: now)
        while try store.deleteCompacted() {}
        try store.vacuum()
        return (samples, sealed)
    }

    /// Makes another key the signing one, vouched for by the one before.
    /// - Returns: the new key's public half.
    package func rotateKey(at now: Int64) throws -> PublicKey {
        try commit([try sealer.rotate()].compactMap { $0 }, at: now)
        return sealer.publicKey
    }

    /// Signs what was done and lets go of the state.
    package func close(at now: Int64) throws {
        if !pending.isEmpty { try commit(at: now) }
        try store.save(snapshotOf: engine, at: now)
        try sealer.seal(at: now)
        try store.close()
        withExtendedLifetime(state) {}
    }
}
