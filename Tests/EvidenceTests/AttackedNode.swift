import Evidence
import Foundation
import Historian
import StateKit
import Store
import TestKit

/// A copy of a recorded node's files in the hands of somebody who changes them, and the means to do so.
struct AttackedNode {
    private let temporary: TemporaryFolder
    let node: RecordedNode
    let folder: StateFolder

    init() throws {
        node = try RecordedNode.built.get()
        temporary = try TemporaryFolder("hazardd-attacked")
        folder = StateFolder(temporary.file("state"))
        try FileManager.default.copyItem(atPath: node.current, toPath: folder.path)
    }

    func file(_ name: String) -> String { temporary.file(name) }

    /// The path of a day file: `23` is 2025-11-23's.
    func day(_ name: String) -> String { folder.path + "/history/2025-11-\(name).sqlite" }

    /// Runs SQLite's own shell.
    @discardableResult
    func sql(_ statements: String, in path: String? = nil) throws -> String {
        let output = temporary.file("sql-\(UUID().uuidString)")
        let shell = try ChildProcess(
            "/usr/bin/sqlite3", ["-bail", path ?? folder.database, statements], output: output)
        guard shell.wait() == 0 else { throw TestKitError("sqlite3: \(shell.output)") }
        return shell.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Changes one bit of a blob, in the file itself.
    /// - Parameter query: selects the blob's bytes as hexadecimal digits.
    func flip(_ query: String, in path: String? = nil) throws {
        let path = path ?? folder.database
        try sql("PRAGMA wal_checkpoint(TRUNCATE)", in: path)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let blob = Data(hexadecimal: try sql(query, in: path).lowercased()) ?? Data()
        // The blob can lie on several pages: some part of it is on one.
        let parts = stride(from: 0, to: blob.count - 8, by: 4).map { blob[$0..<$0 + 8] }
        guard let place = parts.reversed().lazy.compactMap({ bytes.range(of: $0) }).first else {
            throw TestKitError("no blob of nine bytes at least: \(query)")
        }
        bytes[place.lowerBound + 4] ^= 0x10
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }

    /// Puts a copy of a database in another's place, write-ahead log and all.
    func replace(_ path: String, by other: String) throws {
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
            guard FileManager.default.fileExists(atPath: other + suffix) else { continue }
            try FileManager.default.copyItem(atPath: other + suffix, toPath: path + suffix)
        }
    }

    func swap(_ one: String, _ other: String) throws {
        try replace(file("aside"), by: one)
        try replace(one, by: other)
        try replace(other, by: file("aside"))
    }

    /// Verifies in this process.
    /// - Returns: what does not hold; nil if everything does.
    func fault(trusted: PublicKey? = nil, witnessed: [Seal] = []) throws -> String? {
        do {
            _ = try verification(trusted: trusted, witnessed: witnessed)
            return nil
        } catch let fault as EvidenceFault {
            return fault.description
        }
    }

    func verification(trusted: PublicKey? = nil, witnessed: [Seal] = []) throws -> Verification {
        try Verifier(folder, trusted: trusted, witnessed: witnessed).verify()
    }

    /// Runs `hazardctl verify`.
    func hazardctl(_ arguments: String...) throws -> (code: Int32?, text: String) {
        let settings = try temporary.write(
            """
            node: \(RecordedState.node)
            broker: {urls: ["mqtt://127.0.0.1:1883"]}
            registry: .
            state_directory: \(folder.path)
            timezone: \(RecordedState.timeZone)
            """, to: "hazardd.yaml")
        let command = try ChildProcess(
            try ProductsFolder.executable("hazardctl"), ["verify", "--config", settings] + arguments,
            output: file("verify-\(UUID().uuidString)"))
        return (command.wait(timeout: .seconds(60)), command.output)
    }
}
