import Foundation
import Glibc

/// A real HTTP server that takes webhooks, behaves as it is told, and remembers what it got.
package final class WebhookReceiver {
    private let folder: TemporaryFolder
    private let certificate: (file: String, key: String)?
    private var process: ChildProcess?
    /// The same for all its lives.
    package let port: UInt16

    /// Starts it, and waits until it listens.
    /// - Parameters:
    ///   - certificate: PEM files of a certificate for `localhost` and of its key, for TLS.
    ///   - plan: how it behaves, line by line as `webhook_receiver.py` explains.
    package init(certificate: (file: String, key: String)? = nil, _ plan: String...) throws {
        self.certificate = certificate
        folder = try TemporaryFolder("receiver")
        port = try FreePort.find()
        try behave(plan)
        try start()
    }

    package var url: String {
        certificate == nil ? "http://127.0.0.1:\(port)/hook" : "https://localhost:\(port)/hook"
    }

    /// The file that has every request.
    package var record: String { folder.file("received.jsonl") }

    /// Behaves in another way from the next request on.
    package func behave(_ plan: String...) throws {
        try behave(plan)
    }

    /// The same for a list.
    package func behave(_ plan: [String]) throws {
        let text = plan.joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file("plan")), options: .atomic)
    }

    /// Everything it got, over all its lives, in the order it came.
    package func received() throws -> [WebhookRequest] {
        guard let data = FileManager.default.contents(atPath: record) else { return [] }
        // The last line may be half written.
        guard let end = data.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        return try data[..<end].split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(WebhookRequest.self, from: Data($0))
        }
    }

    /// Those it took.
    package func delivered() throws -> [WebhookRequest] {
        try received().filter { $0.behaviour == "ok" }
    }

    package func stop() {
        process?.kill(SIGKILL)
        process?.wait()
        process = nil
    }

    package func start() throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/webhook_receiver.py"
        let files = certificate.map { [$0.file, $0.key] } ?? []
        let child = try ChildProcess(
            PythonPackage.interpreter, [script, folder.path, "\(port)"] + files, output: folder.file("receiver.log"))
        process = child
        for _ in 0..<1_000 where child.isRunning {
            if FreePort.isListening(port) { return }
            child.wait(timeout: .milliseconds(10))
        }
        throw TestKitError("the receiver did not start on port \(port): \(child.output)")
    }

    /// Has the record checked by a program of its own.
    /// - Returns: what it says; throws if it finds something wrong.
    package func check(_ kind: String, secrets: [String] = []) throws -> String {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/check_webhooks.py"
        let child = try ChildProcess(
            PythonPackage.interpreter, [script, kind, record] + secrets, environment: PythonPackage.environment,
            output: folder.file("check-\(UUID().uuidString).log"))
        guard child.wait(timeout: .seconds(60)) == 0 else { throw TestKitError("\(kind): \(child.output)") }
        return child.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
