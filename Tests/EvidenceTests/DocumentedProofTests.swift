import Evidence
import Foundation
import Store
import TestKit
import Testing

/// What `schemas/evidence.md` gives others to check with, run as it stands there.
@Suite("The commands in evidence.md")
struct DocumentedProofTests {
    /// The indented lines of the first example after a text.
    private static func example(after text: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let document = try String(contentsOf: root.appending(path: "schemas/evidence.md"), encoding: .utf8)
        let rest = try #require(document.range(of: text).map { document[$0.upperBound...] })
        let lines = rest.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().drop {
            !$0.hasPrefix("    ")
        }
        return lines.prefix { $0.hasPrefix("    ") }.map { String($0.dropFirst(4)) }.joined(separator: "\n")
    }

    /// Runs a program in the state directory.
    private func run(_ program: String, _ code: String, in node: AttackedNode) throws -> (code: Int32?, text: String) {
        let child = try ChildProcess(
            "/bin/sh", ["-c", #"cd "$1" && exec "$2" -c "$3""#, "sh", node.folder.path, program, code],
            output: node.file(UUID().uuidString))
        return (child.wait(timeout: .seconds(30)), child.output)
    }

    @Test("recompute the chain, and find what was changed")
    func chain() throws {
        let python = try Self.example(after: "In Python, for the rows")
        #expect(python.contains("hashlib.sha256"))
        let node = try AttackedNode()
        let untouched = try run("python3", python, in: node)
        #expect(untouched.code == 0, "\(untouched.text)")
        try node.sql("UPDATE operator_action SET actor = 'x' WHERE id = (SELECT MAX(id) FROM operator_action)")
        let changed = try run("python3", python, in: node)
        #expect(changed.code == 1)
        #expect(changed.text.contains("does not hold"), "\(changed.text)")
    }

    @Test("check a seal's signature")
    func seal() throws {
        let node = try AttackedNode()
        let key = node.node.currentKey.publicKey.identifier
        let shell = try Self.example(after: "With OpenSSL 3")
            .replacing("IDENTIFIER.pub.pem", with: "keys/\(key).pub.pem")
        let document = try node.node.newestSeal.document
        try Data(document.utf8).write(to: URL(fileURLWithPath: node.folder.path + "/a.seal"))
        let genuine = try run("sh", shell, in: node)
        #expect(genuine.code == 0, "\(genuine.text)")
        try Data(document.replacing("last_event", with: "last_evens").utf8)
            .write(to: URL(fileURLWithPath: node.folder.path + "/a.seal"))
        #expect(try run("sh", shell, in: node).code != 0)
    }
}
