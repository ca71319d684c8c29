import Foundation
import TestKit

extension Deployment {
    /// What the `sqlite3` shell answers to a query of the state database, as anybody else who looks into the file: a
    /// row a line, its columns separated by `|`.
    func rows(_ query: String) throws -> [Substring] {
        let output = folder.file("rows-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(atPath: output) }
        let shell = try ChildProcess(
            "/usr/bin/sqlite3",
            ["-readonly", "-cmd", ".timeout 5000", stateFolder + "/hazardd.sqlite", query], output: output)
        guard shell.wait() == 0 else { throw TestKitError("sqlite3 '\(query)': \(shell.output)") }
        return shell.output.split(separator: "\n")
    }

    /// What is kept of the site's alarms just now.
    func standingState() throws -> StandingState {
        try StandingState(rows(StandingState.query))
    }

    /// Waits until the site's retained topics are the standing alarms, body for body.
    func checkRetained() async throws {
        let root = "hazard/v1/alarms/"
        try await until("the retained topics are the standing alarms") {
            let bodies = try standingState().bodies
            let wanted = Dictionary(uniqueKeysWithValues: bodies.map { (root + $0.key, $0.value) })
            return try retained("\(root)\(Site.name)/#") == wanted
        }
    }
}
