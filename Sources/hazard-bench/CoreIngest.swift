import CAllocations
import Decoding
import Foundation
import Pipeline
import Registry
import Settings
import Simulation
import Store
import Telemetry
import TestKit

/// Ingest without a broker: decode, look up, ring, rules, and commits of the journal, on one thread.
struct CoreIngest {
    private static let pointsPerSite = 1_000
    private static let batch = 50
    private static let samplesPerRun = 4_000_000

    private let points: Int
    private let durability: CommitSettings.Durability
    private let configuration: Configuration
    private let registry: Registry
    private let telemetry: CoreTelemetry
    private let folder: TemporaryFolder
    private let decoder = TelemetryDecoder(timeZone: "UTC")
    private var runs = 0

    static func run(points counts: [Int], durability: String, _ options: BenchOptions) throws {
        for points in counts {
            let ids = (points == 1_000 ? ["ingest.core"] : []) + ["ingest.points.\(points)"]
            let wanted = ids.filter { options.wants($0) }
            guard !wanted.isEmpty else { continue }
            var bench = try CoreIngest(points: points, durability: durability)
            for id in wanted {
                var figure = Figure(id, unit: "ns/sample", beside: "simdjson parsing alone")
                try options.measure(&figure) { (try bench.ingest(), try bench.parse()) }
            }
        }
    }

    /// - Parameter change: makes the farm's registry another one.
    init(points: Int, durability: String, _ change: (inout Registry) -> Void = { _ in }) throws {
        self.points = points
        self.durability = durability == "normal" ? .normal : .full
        let perSite = min(points, CoreIngest.pointsPerSite)
        let plan = try FarmPlan(sites: points / perSite, pointsPerSite: perSite, batch: CoreIngest.batch)
        folder = try TemporaryFolder("hazard-bench")
        for file in plan.registryFiles() { try folder.write(file.text, to: "sites/\(file.name)") }
        try folder.write("node: bench\nbroker: {urls: [mqtt://127.0.0.1]}\nregistry: sites\n", to: "hazardd.yaml")
        configuration = try Configuration.load(settingsFile: folder.file("hazardd.yaml"), environment: [:])
        var registry = configuration.registry
        change(&registry)
        self.registry = registry
        telemetry = try CoreTelemetry(
            plan, samples: max(CoreIngest.samplesPerRun, points * 4), start: SystemClock.now().wall - 86_400_000)
    }

    /// Nanoseconds a sample for parsing the same bytes and nothing else.
    private func parse() throws -> Double {
        let began = SystemClock.nanoseconds()
        unsafe telemetry.bytes.withUnsafeBytes { bytes in
            for message in telemetry.messages {
                _ = unsafe decoder.parseOnly(UnsafeRawBufferPointer(rebasing: bytes[message.payload]))
            }
        }
        return Double(SystemClock.nanoseconds() - began) / Double(telemetry.samples)
    }

    private mutating func open() throws -> (StateDatabase, Engine) {
        runs += 1
        let state = StateFolder(folder.file("state-\(runs)"))
        try state.create()
        let store = try StateDatabase(state, durability: durability)
        try store.adopt(registry)
        let first = telemetry.messages.first?.time ?? 0
        let engine = Engine(
            registry: registry,
            options: EngineOptions(
                node: "bench", policies: [:], futureLimit: 300_000, lagLimit: 600_000, escalationHold: 0, seed: 1),
            state: try store.load(), at: Instant(wall: first, monotonic: 1_000))
        return (store, engine)
    }

    /// Nanoseconds a sample for the whole way to the disk.
    mutating func ingest() throws -> Double {
        let (store, engine) = try open()
        let limit = Int64(configuration.settings.commit.maximumSamples)
        let offset = (telemetry.messages.first?.time ?? 0) - 1_000
        let began = SystemClock.nanoseconds()
        var full = limit
        try unsafe telemetry.bytes.withUnsafeBytes { bytes in
            for message in telemetry.messages {
                let now = Instant(wall: message.time, monotonic: message.time - offset)
                try unsafe take(message, UnsafeRawBufferPointer(rebasing: bytes[message.payload]), engine, at: now)
                guard engine.totals.received >= full else { continue }
                full = engine.totals.received + limit
                engine.advance(to: now)
                try store.commit(engine.effects, gatewayRecord: { engine.record(ofGateway: $0) }, at: now.wall)
                engine.didCommit()
                try store.tendLog(isIdle: false)
            }
        }
        try store.commit(engine.effects, gatewayRecord: { engine.record(ofGateway: $0) }, at: SystemClock.now().wall)
        let nanoseconds = Double(SystemClock.nanoseconds() - began)
        guard engine.totals.stored == Int64(telemetry.samples) else {
            throw TestKitError("\(engine.totals) instead of \(telemetry.samples) stored samples")
        }
        try store.close()
        try? FileManager.default.removeItem(atPath: folder.file("state-\(runs)"))
        return nanoseconds / Double(telemetry.samples)
    }

    /// Allocations on the way of the samples of a burst, from their bytes to the journal, commit not included, once
    /// the bursts before have made room.
    static func allocations() throws -> (allocations: UInt64, samples: Int64) {
        var bench = try CoreIngest(points: 1_000, durability: "normal")
        let (store, engine) = try bench.open()
        let limit = Int64(bench.configuration.settings.commit.maximumSamples)
        let offset = (bench.telemetry.messages.first?.time ?? 0) - 1_000
        var full = limit
        var count: UInt64 = 0
        try unsafe bench.telemetry.bytes.withUnsafeBytes { bytes in
            for message in bench.telemetry.messages {
                let now = Instant(wall: message.time, monotonic: message.time - offset)
                let before = callocations_count()
                try unsafe bench.take(
                    message, UnsafeRawBufferPointer(rebasing: bytes[message.payload]), engine, at: now)
                count += callocations_count() - before
                guard engine.totals.received >= full else { continue }
                guard full < limit * 4 else { return }
                full += limit
                count = 0
                try store.commit(engine.effects, gatewayRecord: { engine.record(ofGateway: $0) }, at: now.wall)
                engine.didCommit()
            }
        }
        return (count, limit)
    }

    private func take(
        _ message: CoreTelemetry.Message, _ payload: UnsafeRawBufferPointer, _ engine: Engine, at now: Instant
    ) throws {
        if let fault = unsafe decoder.decode(payload) { throw TestKitError(fault.reason) }
        unsafe telemetry.topics[message.gateway].withUnsafeBytes { topic in
            let received = unsafe ReceivedMessage(
                topic: topic, gateway: UnsafeRawBufferPointer(rebasing: topic[telemetry.names[message.gateway]]),
                payload: payload, isRetained: false, records: decoder.records, values: decoder.values)
            engine.receive(received, at: now)
        }
    }
}
