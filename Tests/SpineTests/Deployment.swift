import Foundation
import Glibc
import TestKit

/// A node as an operator runs it: configuration and state in a temporary folder, a real mosquitto, and `hazardd` as
/// a process that can be killed, stopped and started again.
final class Deployment {
    static let readyMark = "ready: telemetry is subscribed to and recorded"

    let folder: TemporaryFolder
    let broker: MosquittoServer
    var site: Site
    private(set) var daemon: ChildProcess?
    private var launches = 0

    init(_ site: Site, broker options: MosquittoOptions = MosquittoOptions()) throws {
        self.site = site
        folder = try TemporaryFolder("spine")
        broker = try MosquittoServer(options)
        try writeConfiguration()
    }

    var settingsFile: String { folder.file("hazardd.yaml") }
    var stateFolder: String { folder.file("state") }

    /// Writes `site` into the configuration files.
    func writeConfiguration() throws {
        try folder.write(site.settingsFile(brokerURL: broker.url), to: "hazardd.yaml")
        try folder.write(site.siteFile, to: "sites/shengli.yaml")
        try folder.write(site.pointList, to: "sites/shengli.points.csv")
        if let policies = site.policies { try folder.write(policies, to: "policies.yaml") }
    }

    /// Adds the registry of a simulated farm. Its first site has this deployment's name, so that the deployment's own files
    /// take its place where it has points.
    /// - Returns: the arguments that have `hazard-sim` play the same farm.
    func addFarm(sites: Int, points: Int) throws -> [String] {
        let farm = ["--sites", "\(sites)", "--points", "\(points)"]
        let written = try run("hazard-sim", ["registry", "--out", folder.file("sites")] + farm)
        guard written.code == 0 else { throw TestKitError("\(written)") }
        if !site.points.isEmpty { try writeConfiguration() }
        return farm
    }

    /// Starts the daemon without waiting for anything.
    /// - Parameters:
    ///   - faults: faults made on purpose (`HAZARDD_FAULTS`).
    ///   - wrapper: a program with its arguments that runs the daemon in this process's place, such as strace.
    func launch(faults: String? = nil, wrapper: [String] = [], environment: [String: String] = [:]) throws {
        launches += 1
        let command = wrapper + [try ProductsFolder.executable("hazardd"), "--config", settingsFile]
        daemon = try ChildProcess(
            command[0], Array(command.dropFirst()),
            environment: environment.merging(["HAZARDD_FAULTS": faults ?? ""]) { given, _ in given },
            output: folder.file("hazardd-\(launches).log"))
    }

    /// Starts the daemon and waits until it takes telemetry.
    func start(faults: String? = nil, wrapper: [String] = []) async throws {
        try launch(faults: faults, wrapper: wrapper)
        try await untilReady()
    }

    func untilReady(within limit: Duration = .seconds(30)) async throws {
        try await until("hazardd is ready", within: limit, every: .milliseconds(20)) {
            guard let daemon, daemon.isRunning else {
                throw TestKitError("hazardd ended before it was ready:\n\(story)")
            }
            return daemon.output.contains(Deployment.readyMark)
        }
    }

    /// SIGKILL, and the end of the process.
    func kill() {
        daemon?.kill(SIGKILL)
        daemon?.wait()
        daemon = nil
    }

    /// SIGTERM; the exit code, or nil if it did not end within `limit`.
    func terminate(within limit: Duration = .seconds(10)) -> Int32? {
        daemon?.kill(SIGTERM)
        return daemon?.wait(timeout: limit)
    }

    /// SIGHUP.
    func reload() {
        daemon?.kill(SIGHUP)
    }

    /// Bytes of a file in the deployment's folder; 0 if it is not there.
    func fileSize(_ name: String) -> Int64 {
        (try? FileManager.default.attributesOfItem(atPath: folder.file(name))[.size] as? Int64) ?? 0
    }

    /// What the daemon logged, all its lives.
    var log: String {
        (1...max(1, launches)).map { (try? folder.read("hazardd-\($0).log")) ?? "" }.joined()
    }

    /// The log's end, for a failure's report.
    var story: String {
        log.split(separator: "\n").suffix(40).joined(separator: "\n")
    }

    /// Waits for something the daemon does, and shows its log where it does not come.
    func until(
        _ what: String, within limit: Duration = .seconds(15), every interval: Duration = .milliseconds(150),
        _ condition: () throws -> Bool
    ) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now + limit
        while try !condition() {
            guard clock.now < deadline else {
                throw TestKitError("not within \(limit): \(what)\nhazardd's log:\n\(story)")
            }
            try await during(interval)
        }
    }
}
