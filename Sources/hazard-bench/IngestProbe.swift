import Broker
import Foundation
import GRDB
import Store
import Telemetry
import TestKit

/// Measures how long samples take from a gateway's publish until whoever reads the daemon's database finds them there.
final class IngestProbe {
    private let gateway: PublishingClient
    private let database: DatabaseQueue
    private var sequence: Int64 = 0

    init(_ node: BenchNode) throws {
        gateway = PublishingClient(options: SessionOptions(clientID: "bench-ingest", urls: [node.broker.address]))
        try gateway.connect()
        var configuration = Configuration()
        configuration.readonly = true
        database = try DatabaseQueue(path: node.state.database, configuration: configuration)
    }

    /// Samples of `P-1`, none of which alarms, one after the other, each waited for.
    func measure(samples: Int) throws -> Latencies {
        var latencies = Latencies()
        for number in 0..<samples {
            sequence += 1
            let began = SystemClock.nanoseconds()
            try gateway.publish(
                "hazard/v1/gateways/probe/telemetry",
                "{\"seq\":\(sequence),\"ts\":\(SystemClock.now().wall),\"values\":{\"P-1\":0}}")
            try Wait.until("a sample is in the database", seconds: 5, every: 0.000_1) { try newest() == sequence }
            latencies.add(SystemClock.nanoseconds() - began)
            usleep(UInt32(7 + number % 13) * 1_000)
            try gateway.pump()
        }
        return latencies
    }

    /// The number of the gateway's newest message on disk.
    private func newest() throws -> Int64 {
        try database.read { db in
            let statement = try db.cachedStatement(sql: "SELECT last_sequence FROM gateway WHERE name = 'probe'")
            return try Int64.fetchOne(statement) ?? 0
        }
    }
}
