import Broker
import Foundation
import Store
import TestKit

/// A node as it is installed: a broker, `hazardd` with a simulated farm's registry, and its state in a temporary
/// folder.
final class BenchNode {
    private static let readyMark = "ready: telemetry is subscribed to and recorded"

    let folder: TemporaryFolder
    let broker: MosquittoServer
    private(set) var daemon: ChildProcess?
    private var launches = 0

    /// Tells nobody.
    static let silentPolicies =
        "policies: {default: {tiers: [enterprise], climb: {critical: [], high: [], medium: [], low: []}}}\n"

    init(
        sites: Int, points: Int, durability: String = "full", extraSites: [String: String] = [:],
        policies: String = BenchNode.silentPolicies, settings: String = ""
    ) throws {
        folder = try TemporaryFolder("hazard-bench")
        broker = try BenchNode.makeBroker()
        try BenchNode.runToEnd(
            "hazard-sim", ["registry", "--out", folder.file("sites"), "--sites", "\(sites)", "--points", "\(points)"],
            output: folder.file("registry.log"))
        for (name, text) in extraSites { try folder.write(text, to: "sites/\(name)") }
        try folder.write(policies, to: "policies.yaml")
        try folder.write(
            """
            node: bench
            state_directory: state
            broker: {urls: ["\(broker.url)"], client_id: hazardd-bench}
            registry: sites
            policies: policies.yaml
            commit: {durability: \(durability)}
            retention: {disk_floor_mb: 64}
            \(settings)
            """, to: "hazardd.yaml")
    }

    /// A broker that keeps everything, as `deploy/mosquitto.conf` has it, and logs nothing.
    static func makeBroker() throws -> MosquittoServer {
        var options = MosquittoOptions()
        options.isVerbose = false
        options.extra = ["log_type error"]
        return try MosquittoServer(options)
    }

    var state: StateFolder { StateFolder(folder.file("state")) }

    /// Starts the daemon without waiting for anything.
    func launch() throws {
        launches += 1
        daemon = try ChildProcess(
            try ProductsFolder.executable("hazardd"), ["--config", folder.file("hazardd.yaml")],
            output: folder.file("hazardd-\(launches).log"))
    }

    /// Starts the daemon and waits until it takes telemetry.
    func start(patience: Double = 60) throws {
        try launch()
        try Wait.until("hazardd is ready", seconds: patience) {
            guard let daemon, daemon.isRunning else { throw TestKitError("hazardd ended: \(log)") }
            return log.contains(BenchNode.readyMark)
        }
    }

    var log: String { (try? folder.read("hazardd-\(launches).log")) ?? "" }

    func kill() {
        daemon?.kill(SIGKILL)
        daemon?.wait()
        daemon = nil
    }

    func stop() {
        daemon?.kill(SIGTERM)
        daemon?.wait()
        daemon = nil
    }

    /// Bytes of the daemon that lie in memory.
    var residentBytes: Double { Double(ProcessLoad(daemon?.pid ?? 0).residentKilobytes) * 1_024 }

    /// Starts `hazard-sim load` against this node's broker.
    func startLoad(_ arguments: [String]) throws -> ChildProcess {
        try BenchNode.startLoad(arguments, broker: broker, folder: folder)
    }

    static func startLoad(
        _ arguments: [String], broker: MosquittoServer, folder: TemporaryFolder
    ) throws -> ChildProcess {
        try ChildProcess(
            try ProductsFolder.executable("hazard-sim"), ["load", "--broker", broker.url] + arguments,
            output: folder.file("load-\(UUID().uuidString).log"))
    }

    static func runToEnd(_ program: String, _ arguments: [String], output: String) throws {
        let child = try ChildProcess(try ProductsFolder.executable(program), arguments, output: output)
        guard child.wait(timeout: .seconds(120)) == 0 else { throw TestKitError("\(program): \(child.output)") }
    }
}
