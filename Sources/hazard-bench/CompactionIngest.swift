import Foundation
import Pipeline
import Store
import Telemetry
import TestKit

/// Samples a second through a real broker while the journal is compacted without a pause; beside it the same load left
/// alone.
struct CompactionIngest {
    private static let sites = 20
    private static let messages = 100_000

    static func run(_ options: BenchOptions) throws {
        var figure = Figure("ingest.compacting", unit: "samples/s", beside: "without compaction")
        guard options.wants(figure.id) else { return }
        try options.measure(&figure) { (try stored(isCompacting: true), try stored(isCompacting: false)) }
    }

    private static func stored(isCompacting: Bool) throws -> Double {
        let node = try BenchNode(sites: sites, points: 50)
        try node.start()
        defer { node.stop() }
        let reader = try StateReader(node.state)
        let load = try node.startLoad([
            "--sites", "\(sites)", "--points", "50", "--batch", "50", "--messages", "\(messages)", "--window", "5000",
        ])
        var began: Int64 = 0
        let wanted = Int64(messages * 50)
        var compaction: CompactionLoop?
        try Wait.until("all samples are stored", seconds: 120) {
            let stored = try reader.accounting().stored
            if stored > 0, began == 0 { began = SystemClock.nanoseconds() }
            if isCompacting, stored > 0, compaction == nil { compaction = CompactionLoop(node.state) }
            return stored >= wanted
        }
        let seconds = Double(SystemClock.nanoseconds() - began) / 1e9
        try MQTTIngest.end(load)
        try compaction?.stop()
        if isCompacting, try reader.compactedThrough() == 0 { throw TestKitError("nothing was compacted") }
        return Double(wanted) / seconds
    }
}
