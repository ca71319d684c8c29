import Broker
import Foundation
import Pipeline
import Store
import Telemetry
import TestKit

/// Samples a second from the first message taken in until all are on disk, through a real broker at QoS 1; beside it
/// the same messages taken in by a client that throws them away.
struct MQTTIngest {
    private static let points = 1_000

    let batch: Int
    let messages: Int
    let durability: String

    func run(_ options: BenchOptions) throws {
        let id = batch == 1 ? "ingest.mqtt.single" : "ingest.mqtt.batch\(batch)"
        guard options.wants(id) else { return }
        var figure = Figure(id, unit: "samples/s", beside: "bare subscriber")
        try options.measure(&figure) {
            // In turn, so that a machine that grows slower or faster does so for both.
            let beside = try discarded()
            return (try stored(), beside)
        }
    }

    private var load: [String] {
        [
            "--sites", "\(MQTTIngest.points / 50)", "--points", "50", "--batch", "\(batch)", "--messages",
            "\(messages)",
            "--window", "5000",
        ]
    }

    private func stored() throws -> Double {
        let node = try BenchNode(sites: MQTTIngest.points / 50, points: 50, durability: durability)
        try node.start()
        defer { node.stop() }
        let reader = try StateReader(node.state)
        let load = try node.startLoad(load)
        var began: Int64 = 0
        let wanted = Int64(messages * batch)
        try Wait.until("all samples are stored", seconds: 120) {
            let stored = try reader.accounting().stored
            if stored > 0, began == 0 { began = SystemClock.nanoseconds() }
            return stored >= wanted
        }
        let seconds = Double(SystemClock.nanoseconds() - began) / 1e9
        try MQTTIngest.end(load)
        return Double(wanted) / seconds
    }

    private func discarded() throws -> Double {
        let broker = try BenchNode.makeBroker()
        let folder = try TemporaryFolder("hazard-bench")
        let child = try ChildProcess(
            try ProductsFolder.executable("hazard-bench"),
            ["discard", "--broker", broker.url, "--messages", "\(messages)"], output: folder.file("discard.log"))
        try Wait.until("the discarding subscriber is ready", seconds: 10) {
            child.output.contains(DiscardCommand.readyMark)
        }
        let load = try BenchNode.startLoad(load, broker: broker, folder: folder)
        guard child.wait(timeout: .seconds(120)) == 0,
            let seconds = child.output.split(separator: "\n").last.flatMap({ Double($0) })
        else { throw TestKitError("the discarding subscriber: \(child.output)") }
        try MQTTIngest.end(load)
        return Double(messages * batch) / seconds
    }

    static func end(_ load: ChildProcess) throws {
        guard load.wait(timeout: .seconds(60)) == 0 else { throw TestKitError("hazard-sim load: \(load.output)") }
    }
}
