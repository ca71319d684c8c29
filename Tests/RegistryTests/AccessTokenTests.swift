import Foundation
import Registry
import Settings
import TestKit
import Testing

@Suite("The file of access tokens")
struct AccessTokenTests {
    private static let digest = String(repeating: "0f", count: 32)

    private static func read(_ text: String) -> (tokens: [AccessToken]?, faults: String) {
        let log = FaultLog()
        let tokens = AccessTokenReader.read(Array(text.utf8), file: SourceFile(builtIn: "tokens.yaml"), log: log)
        do throws(ConfigurationRejected) {
            try log.rejectIfFaulty()
            return (tokens, "")
        } catch {
            return (tokens, "\(error)")
        }
    }

    @Test("gives each bearer a role, areas, an end and a rate")
    func everything() throws {
        let (tokens, faults) = AccessTokenTests.read(
            """
            tokens:
              - {name: duty-room, sha256: \(AccessTokenTests.digest), role: operator}
              - name: county
                sha256: "\(String(repeating: "A1", count: 32))"
                role: viewer
                areas: [dongying/kenli, dongying/hekou/xianhe]
                expires: 2027-01-01T00:00:00+08:00
                rate: 2.5
            """)
        #expect(faults.isEmpty)
        let first = try #require(tokens?.first)
        #expect(first.name == "duty-room" && first.role == .operator && first.scope.isUnlimited)
        #expect(first.digest == [UInt8](repeating: 0x0F, count: 32) && first.expires == nil && first.rate == nil)
        let second = try #require(tokens?.last)
        #expect(second.digest == [UInt8](repeating: 0xA1, count: 32) && second.rate == 2.5)
        #expect(second.expires == 1_798_732_800_000)
        #expect(second.scope.covers(["dongying", "kenli", "shengtuo"]) && second.scope.covers(["dongying", "kenli"]))
        #expect(second.scope.covers(["dongying", "hekou", "xianhe"]))
        #expect(!second.scope.covers(["dongying"]) && !second.scope.covers([]))
        #expect(!second.scope.covers(["dongying", "hekou"]) && !second.scope.covers(["dongying", "kenlix"]))
    }

    @Test("may be empty: then nobody is let in")
    func empty() {
        #expect(AccessTokenTests.read("").tokens == [])
        #expect(AccessTokenTests.read("tokens: []").tokens == [])
    }

    @Test(
        "is refused with the line of each fault, and never repeats what could be a token",
        arguments: [
            ("{name: a, sha256: hzd_5ecre7, role: viewer}", "tokens[0].sha256 is no digest"),
            ("{name: a, sha256: \(digest), role: admin}", "tokens[0].role is \"admin\"; valid: viewer, operator"),
            ("{name: a, role: viewer}", "tokens[0].sha256 is missing"),
            ("{name: a b, sha256: \(digest), role: viewer}", "tokens[0].name is \"a b\""),
            ("{name: a, sha256: \(digest), role: viewer, areas: []}", "tokens[0].areas is empty"),
            (
                "{name: a, sha256: \(digest), role: viewer, areas: [dongying//x]}",
                "tokens[0].areas[0] is \"dongying//x\""
            ),
            ("{name: a, sha256: \(digest), role: viewer, expires: tomorrow}", "tokens[0].expires is \"tomorrow\""),
            ("{name: a, sha256: \(digest), role: viewer, rate: 0}", "tokens[0].rate is \"0\""),
            ("{name: a, sha256: \(digest), role: viewer, scope: all}", "tokens[0].scope is an unknown key"),
            (
                "{name: a, sha256: \(digest), role: viewer}\n  - {name: a, sha256: \(digest), role: viewer}",
                "tokens[1].name is \"a\" again"
            ),
        ])
    func faults(entry: String, fault: String) {
        let faults = AccessTokenTests.read("tokens:\n  - \(entry)\n").faults
        #expect(faults.contains("tokens.yaml:") && faults.contains(fault), "\(faults)")
        #expect(!faults.contains("5ecre7"))
    }

    @Test("is refused where every user of the machine may read it, with what mends it")
    func worldReadable() throws {
        let folder = try TemporaryFolder("tokens")
        try folder.write("point,gateway,tag\nP,g,t\n", to: "sites/points.csv")
        try folder.write("site: shengli\npoints_file: points.csv\n", to: "sites/shengli.yaml")
        try folder.write(
            "node: n1\nbroker: {urls: [mqtt://h]}\nregistry: sites\nhttp: {tokens_file: tokens.yaml}\n",
            to: "hazardd.yaml")
        let file = try folder.write(
            "tokens: [{name: a, sha256: \(AccessTokenTests.digest), role: viewer}]\n", to: "tokens.yaml")
        func load() throws(ConfigurationRejected) -> Configuration {
            try Configuration.load(settingsFile: folder.file("hazardd.yaml"), environment: [:])
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        do throws(ConfigurationRejected) {
            _ = try load()
            Issue.record("a file that everybody may read was taken")
        } catch {
            #expect("\(error)".contains("mode 644") && "\(error)".contains("chmod 640 "), "\(error)")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
        #expect(try load().tokens?.map(\.name) == ["a"])
        try FileManager.default.removeItem(atPath: file)
        #expect(throws: ConfigurationRejected.self) { try load() }
    }
}
