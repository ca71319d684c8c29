import Evidence
import Foundation
import NIOCore
import Pipeline
import Registry
import Telemetry

/// Where imported samples go: into the state itself, or to the daemon that holds it.
protocol SampleSink {
    /// How many samples it takes at once.
    var burst: Int { get }
    /// Returns once they are on disk.
    func take(_ samples: [ImportedSample]) async throws
    func finish() throws
}

/// The state of a stopped node.
struct OfflineSink: SampleSink {
    let node: OfflineNode

    var burst: Int { Engine.importBurst }

    func take(_ samples: [ImportedSample]) async throws {
        try node.take(samples, at: SystemClock.now())
    }

    func finish() throws {
        try node.close(at: SystemClock.now().wall)
    }
}

/// The running daemon: the next batch leaves when the one before is committed.
struct DaemonSink: SampleSink {
    /// So few that live samples hardly wait behind them.
    let burst = 10_000
    let client: ControlClient
    let registry: Registry

    func take(_ samples: [ImportedSample]) async throws {
        var body = Data("point,t_ms,value,quality\n".utf8)
        for sample in samples {
            body.append(contentsOf: registry.identifier(of: sample.point).utf8)
            body.append(contentsOf: ",\(sample.time),".utf8)
            if sample.value.isFinite { body.append(contentsOf: sample.value.description.utf8) }
            body.append(contentsOf: ",\(sample.quality.rawValue)\n".utf8)
        }
        _ = try await client.post("/v1/import", body: body, type: "text/csv", patience: .minutes(2))
    }

    func finish() {}
}
