import Decoding
import Evidence
import Foundation
import Historian
import Pipeline
import Registry
import Replay
import Settings
import Store
import Telemetry
import TestKit

/// A node whose engine ran for a while on a clock of its own, with what it recorded in a state directory, as the daemon
/// leaves it. Site `shengli`, gateway `gw1`.
final class RecordedPlant {
    /// 2025-11-23T00:00 in Shanghai, UTC milliseconds.
    static let start: Int64 = 1_763_827_200_000

    let folder: TemporaryFolder
    let state: StateFolder
    private(set) var configuration: Configuration
    private(set) var store: StateDatabase
    private(set) var engine: Engine
    private(set) var now = Instant(wall: RecordedPlant.start, monotonic: 1_000_000)
    private let decoder = TelemetryDecoder(timeZone: "Asia/Shanghai")
    private var pending: [ChainRecord] = []
    private var seed: UInt64 = 1

    /// - Parameters:
    ///   - rows: of the point list, under the header `point,gateway,tag,kind` and the further columns.
    ///   - site: further lines of the site's file.
    init(_ columns: String, _ rows: [String], silence: Int = 60, site: String = "") throws {
        folder = try TemporaryFolder("hazardd-replay")
        try folder.write(
            "node: n1\nstate_directory: state\nbroker: {urls: [\"mqtt://127.0.0.1\"]}\nregistry: sites\n",
            to: "hazardd.yaml")
        try RecordedPlant.write(folder, "sites", columns, rows, silence, site)
        configuration = try Configuration.load(settingsFile: folder.file("hazardd.yaml"), environment: [:])
        state = StateFolder(folder.file("state"))
        try state.create()
        store = try StateDatabase(state, durability: .normal)
        try store.adopt(configuration.registry)
        engine = Engine(
            registry: configuration.registry, options: EngineOptions(configuration, hold: 0, seed: 1),
            state: try store.load(), at: now)
        engine.note("hazard.node.started.v1", data: "{}", at: now)
        try commit()
    }

    private static func write(
        _ folder: TemporaryFolder, _ name: String, _ columns: String, _ rows: [String], _ silence: Int,
        _ site: String = ""
    ) throws {
        try folder.write(
            "site: shengli\ngateways: [{gateway: gw1, silence_s: \(silence)}]\npoints_file: points.csv\n\(site)",
            to: "\(name)/shengli.yaml")
        try folder.write(
            (["point,gateway,tag,kind,\(columns)"] + rows).joined(separator: "\n") + "\n", to: "\(name)/points.csv")
    }

    /// Writes proposed rules and reads them as the command does.
    func propose(_ columns: String, _ rows: [String], silence: Int = 60) throws -> Configuration {
        let name = "proposed-\(UUID().uuidString)"
        try RecordedPlant.write(folder, name, columns, rows, silence)
        return try configuration.proposing(registry: folder.file(name), policies: nil)
    }

    /// Milliseconds since the start.
    var elapsed: Int64 { now.wall - RecordedPlant.start }

    /// Lets time pass as the daemon does.
    func advance(to target: Int64) throws {
        while let deadline = engine.nextDeadline, deadline - now.monotonic <= target - elapsed {
            now = now.advanced(by: max(0, deadline - now.monotonic))
            engine.advance(to: now)
            try commit()
        }
        now = now.advanced(by: target - elapsed)
        engine.advance(to: now)
        try commit()
    }

    /// A message received at a time, milliseconds since the start.
    /// - Parameter measured: when its values were measured; nil for at that time.
    func send(_ values: [(tag: String, value: Double?)], at time: Int64, measured: Int64? = nil) throws {
        try advance(to: time)
        let members = values.map { "\"\($0.tag)\":\($0.value.map { "\($0)" } ?? "null")" }
        try send("{\"ts\":\(RecordedPlant.start + (measured ?? time)),\"values\":{\(members.joined(separator: ","))}}")
    }

    private func send(_ payload: String) throws {
        let bytes = Array(payload.utf8)
        let padded = bytes + [UInt8](repeating: 0x20, count: payloadPadding)
        let name = Array("gw1".utf8)
        unsafe padded.withUnsafeBytes { padded in
            unsafe name.withUnsafeBytes { name in
                let payload = unsafe UnsafeRawBufferPointer(rebasing: padded[..<bytes.count])
                guard unsafe decoder.decode(payload) == nil else { return }
                unsafe engine.receive(
                    ReceivedMessage(
                        topic: name, gateway: name, payload: payload, isRetained: false, records: decoder.records,
                        values: decoder.values), at: now)
            }
        }
        engine.advance(to: now)
        try commit()
    }

    /// Ends the daemon and starts it later.
    func restart(downFor milliseconds: Int64) throws {
        now = Instant(wall: now.wall + milliseconds, monotonic: 5_000)
        seed += 1
        engine = Engine(
            registry: configuration.registry, options: EngineOptions(configuration, hold: 0, seed: seed),
            state: try store.load(), at: now)
        engine.note("hazard.node.started.v1", data: "{}", at: now)
        try commit()
    }

    func brokerLost() throws {
        engine.brokerLost(cause: "connection lost", at: now)
        try commit()
    }

    func brokerRestored() throws {
        engine.brokerRestored(at: now)
        try commit()
    }

    func takeImported(_ samples: [ImportedSample]) throws {
        engine.takeImported(samples, at: now)
        try commit()
    }

    /// Puts the journal into day files.
    /// - Parameter isSealing: whether days that have ended are closed.
    func compact(isSealing: Bool = false) throws {
        try commit()
        try store.save(snapshotOf: engine, at: now.wall)
        let chores = try HistoryChores(
            reader: store.reader, state: state, node: "n1", timeZone: "Asia/Shanghai"
        ) { [unowned self] in
            pending += $0
            try commit()
        }
        while try chores.compact(points: configuration.registry.points.count, isForced: true, at: now.wall) != nil {
            try store.save(snapshotOf: engine, at: now.wall)
        }
        if isSealing { _ = try chores.sealDays(endedBefore: now.wall + 2 * 86_400_000) }
        try store.save(snapshotOf: engine, at: now.wall)
        while try store.deleteCompacted() {}
    }

    /// - Parameters:
    ///   - from: milliseconds since the start.
    ///   - to: likewise; nil for up to now.
    func replay(
        _ proposed: Configuration? = nil, from: Int64 = 0, to: Int64? = nil,
        _ alarm: (ReplayedAlarm) throws -> Void = { _ in }
    ) throws -> ReplayReport {
        let last = to.map { RecordedPlant.start + $0 } ?? now.wall
        return try Replay(
            store.reader, state, inForce: configuration, proposed: proposed, times: RecordedPlant.start + from...last
        ).run(alarm)
    }

    private func commit() throws {
        try store.commit(
            engine.effects, gatewayRecord: { engine.record(ofGateway: $0) }, records: pending, at: now.wall)
        pending = []
        engine.didCommit()
    }
}
