import Foundation
import TestKit

/// Asks a deployment's HTTP interface over TCP, with curl as others would.
struct WebClient {
    struct Answer {
        let code: Int
        let text: String

        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]) ?? [:]
        }
    }

    let port: UInt16
    let folder: TemporaryFolder
    var token: String?

    /// The same for another bearer.
    func bearing(_ token: String?) -> WebClient {
        WebClient(port: port, folder: folder, token: token)
    }

    func get(_ path: String, accept: String? = nil) throws -> Answer {
        try ask(path, accept.map { ["-H", "Accept: \($0)"] } ?? [])
    }

    func post(_ path: String, _ body: String = "") throws -> Answer {
        try ask(path, ["-X", "POST", "-H", "Content-Type: application/json", "--data-binary", body])
    }

    func put(_ path: String, _ body: String) throws -> Answer {
        try ask(path, ["-X", "PUT", "-H", "Content-Type: application/json", "--data-binary", body])
    }

    /// Follows the event stream until it is killed; what came is in its output.
    func follow(after id: Int64?) throws -> ChildProcess {
        try curl("v1/events/stream", ["-N"] + (id.map { ["-H", "Last-Event-ID: \($0)"] } ?? []))
    }

    private func ask(_ path: String, _ arguments: [String]) throws -> Answer {
        let child = try curl(path, ["-w", "\n%{http_code}"] + arguments)
        guard child.wait(timeout: .seconds(30)) != nil else { throw TestKitError("\(path) is not answered") }
        let lines = child.output.split(separator: "\n", omittingEmptySubsequences: false)
        try? FileManager.default.removeItem(atPath: child.outputFile)
        return Answer(
            code: lines.last.flatMap { Int($0) } ?? 0, text: lines.dropLast().joined(separator: "\n"))
    }

    private func curl(_ path: String, _ arguments: [String]) throws -> ChildProcess {
        let credentials = token.map { ["-H", "Authorization: Bearer \($0)"] } ?? []
        return try ChildProcess(
            "/usr/bin/curl", ["-s"] + credentials + arguments + ["http://127.0.0.1:\(port)/\(path)"],
            output: folder.file("http-\(UUID().uuidString)"))
    }
}

extension Deployment {
    /// Makes a token with `hazardctl token`, and its entry part of the tokens file.
    /// - Returns: the token.
    func addToken(_ name: String, _ role: String, _ more: String...) throws -> String {
        let output = try run(
            "hazardctl", ["token", name, "--role", role, "--append", "--config", settingsFile] + more)
        guard output.code == 0, let token = output.lines.last, token.hasPrefix("hzd_") else {
            throw TestKitError("\(output)")
        }
        return String(token)
    }
}
