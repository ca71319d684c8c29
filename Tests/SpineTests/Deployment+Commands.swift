import Foundation
import TestKit

extension Deployment {
    /// Runs one of our executables to its end, standard output and standard error apart.
    func run(_ executable: String, _ arguments: [String], within limit: Duration = .seconds(60)) throws -> CommandOutput
    {
        let name = "command-\(UUID().uuidString)"
        let program = try ProductsFolder.executable(executable)
        let child = try ChildProcess(
            "/bin/sh", ["-c", #"exec "$0" "$@" 2>"$ERRORS_TO""#, program] + arguments,
            environment: ["ERRORS_TO": folder.file(name + ".errors")], output: folder.file(name))
        defer {
            try? FileManager.default.removeItem(atPath: folder.file(name))
            try? FileManager.default.removeItem(atPath: folder.file(name + ".errors"))
        }
        guard let code = child.wait(timeout: limit) else {
            throw TestKitError("\(executable) \(arguments.joined(separator: " ")) did not end within \(limit)")
        }
        return CommandOutput(
            arguments: [executable] + arguments, code: code, text: (try? folder.read(name)) ?? "",
            errors: (try? folder.read(name + ".errors")) ?? "")
    }

    /// Runs `hazardctl` on this deployment's configuration, however it ends.
    func hazardctl(_ arguments: String...) throws -> CommandOutput {
        try run("hazardctl", arguments + ["--config", settingsFile])
    }

    /// The same for a command that has to succeed.
    private func answer(_ arguments: [String]) throws -> CommandOutput {
        let output = try run("hazardctl", arguments + ["--config", settingsFile])
        guard output.code == 0 else { throw TestKitError("\(output)") }
        return output
    }

    /// The stored samples of a point between two times (UTC milliseconds), as `hazardctl query` prints them.
    func query(_ point: String, from: Int64, to: Int64) throws -> [StoredSample] {
        let output = try answer([
            "query", "\(Site.name)/\(point)", "--from", "\(from)", "--to", "\(to)", "--format", "csv",
        ])
        guard output.lines.first == "t_ms,value,quality" else {
            throw TestKitError("the header is not t_ms,value,quality: \(output)")
        }
        return try output.lines.dropFirst().map { line in
            guard let sample = StoredSample(line) else { throw TestKitError("no sample: \(line)") }
            return sample
        }
    }

    /// The event log after a sequence number.
    func events(after sequence: Int64 = 0) throws -> [EventRecord] {
        let output = try answer(["events", "--after", "\(sequence)", "--format", "json"])
        return try output.lines.map { try EventRecord(Data($0.utf8)) }
    }

    /// The events of one alarm, `object/CONDITION` of the site, by the last words of their types.
    func story(of alarm: String) throws -> [String] {
        try events().filter { $0.subject == "\(Site.name)/\(alarm)" && $0.isAlarm }.map(\.kind)
    }

    func status() throws -> NodeStatus {
        try EventRecord.decoder.decode(NodeStatus.self, from: Data(answer(["status", "--format", "json"]).text.utf8))
    }

    /// The alarms that stand.
    func alarms() throws -> [EventRecord.Details] {
        struct List: Decodable { let alarms: [EventRecord.Details] }
        let text = try answer(["alarms", "--all", "--format", "json"]).text
        return try EventRecord.decoder.decode(List.self, from: Data(text.utf8)).alarms
    }

    /// The standing alarm of `object/CONDITION` of the site.
    func alarm(_ name: String) throws -> EventRecord.Details? {
        try alarms().first { "\($0.object ?? $0.point ?? "")/\($0.condition ?? "")" == name }
    }
}
