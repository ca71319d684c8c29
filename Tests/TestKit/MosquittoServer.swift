package import Broker
import Foundation
import Glibc

/// A real mosquitto on a free port of 127.0.0.1, with a folder of its own.
package final class MosquittoServer {
    package let port: UInt16
    package let folder: TemporaryFolder
    package var options: MosquittoOptions
    private var process: ChildProcess?

    /// Starts a broker and waits until it accepts connections.
    package init(_ options: MosquittoOptions = MosquittoOptions(), port: UInt16? = nil) throws {
        self.options = options
        self.port = try port ?? FreePort.find()
        folder = try TemporaryFolder("mosquitto")
        try start()
    }

    /// Where clients find it.
    package var address: BrokerAddress {
        BrokerAddress(tls: options.tls != nil, host: options.tls == nil ? "127.0.0.1" : "localhost", port: port)
    }

    /// The URL as it stands in `hazardd.yaml`.
    package var url: String {
        address.description
    }

    package var isRunning: Bool {
        process?.isRunning ?? false
    }

    /// The broker's log so far, all its lives.
    package var log: String {
        (try? folder.read("mosquitto.log")) ?? ""
    }

    /// Starts a stopped broker.
    package func start() throws {
        guard !isRunning else { return }
        let file = try folder.write(
            options.configuration(port: port, folder: folder.path, user: NSUserName()), to: "mosquitto.conf")
        let child = try ChildProcess(
            "/usr/sbin/mosquitto", ["-c", file] + (options.isVerbose ? ["-v"] : []),
            output: folder.file("mosquitto.log"))
        process = child
        for _ in 0..<1_000 where child.isRunning {
            if FreePort.isListening(port) { return }
            child.wait(timeout: .milliseconds(10))
        }
        throw TestKitError("mosquitto did not start on port \(port): \(log)")
    }

    /// Ends it properly; with persistence it saves what it holds.
    package func stop() throws {
        process?.kill(SIGTERM)
        guard process?.wait() != nil else { throw TestKitError("mosquitto on port \(port) did not stop: \(log)") }
        process = nil
    }

    /// Ends it at once, saving nothing.
    package func kill() {
        process?.kill(SIGKILL)
        process?.wait()
        process = nil
    }

    /// Stops and starts it again, with what it saved or without.
    package func restart(keepPersistence: Bool) throws {
        if isRunning {
            try stop()
        }
        if !keepPersistence {
            try? FileManager.default.removeItem(atPath: folder.file("mosquitto.db"))
        }
        try start()
    }
}
