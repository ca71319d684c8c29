import Pipeline
import Store
import Telemetry
import TestKit

/// Memory that a point costs the running daemon: what lies in memory once every point has reported nine times, so
/// that its ring has gone round, beyond what the daemon takes with 1,000 points. Each gets two million samples at least,
/// so that what a burst takes is in all of them.
struct MemoryIngest {
    private static let pointsPerSite = 1_000
    private static let rounds = 9
    private static let fewestSamples = 2_000_000
    private static let bound: Double = 1_024

    static func run(points counts: [Int], _ options: BenchOptions) throws {
        let wanted = counts.filter { $0 > pointsPerSite && options.wants("ingest.memory.\($0)") }
        guard !wanted.isEmpty else { return }
        let base = try resident(pointsPerSite)
        for points in wanted {
            var figure = Figure("ingest.memory.\(points)", unit: "B/point", beside: "the bound")
            figure.add((try resident(points) - base) / Double(points - pointsPerSite), beside: bound)
            FigurePrinter.show(figure, as: options.format)
        }
    }

    private static func resident(_ points: Int) throws -> Double {
        let sites = points / pointsPerSite
        let node = try BenchNode(sites: sites, points: pointsPerSite)
        try node.start(patience: 120)
        defer { node.stop() }
        let batch = 500
        let samples = max(rounds * points, fewestSamples)
        let load = try node.startLoad([
            "--sites", "\(sites)", "--points", "\(pointsPerSite)", "--batch", "\(batch)", "--messages",
            "\(samples / batch)",
        ])
        let reader = try StateReader(node.state)
        try Wait.until("\(samples) samples are stored", seconds: 120, every: 0.1) {
            try reader.accounting().stored >= Int64(samples)
        }
        try MQTTIngest.end(load)
        return node.residentBytes
    }
}
