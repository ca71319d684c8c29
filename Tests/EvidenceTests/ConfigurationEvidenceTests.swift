import Evidence
import Registry
import StateKit
import Store
import TestKit
import Testing

@Suite("Configurations in the evidence")
struct ConfigurationEvidenceTests {
    /// A state with two configurations, before and after compaction.
    private static func state(isCompacted: Bool) throws -> RecordedState {
        let state = try RecordedState()
        for limit in [9, 8] {
            var files = ConfigurationFiles()
            files.add(name: "sites/a.csv", bytes: Array("point,H\nLT-1,\(limit)\n".utf8))
            let draft = try ConfigurationDraft(
                files, fingerprint: "f\(limit)", author: "start", reason: "limit \(limit)", after: state.store.reader)
            try state.apply(try #require(draft))
            try state.record([RecordedSample(0, state.now, Double(limit))], events: 1)
        }
        if isCompacted {
            try state.compact()
            try state.deleteCompacted()
        }
        return state
    }

    private static func fault(_ state: RecordedState) throws -> String? {
        do {
            _ = try Verifier(state.folder).verify()
            return nil
        } catch let fault as EvidenceFault {
            return fault.description
        }
    }

    @Test("hold as they were applied", arguments: [false, true])
    func hold(isCompacted: Bool) throws {
        #expect(try ConfigurationEvidenceTests.fault(ConfigurationEvidenceTests.state(isCompacted: isCompacted)) == nil)
    }

    @Test(
        "are found out when they are changed, removed or put in",
        arguments: [
            (
                "UPDATE config_version SET content = (SELECT content FROM config_version WHERE version = 1), "
                    + "size = (SELECT size FROM config_version WHERE version = 1) WHERE version = 2",
                "configuration 2 is not"
            ),
            ("UPDATE config_version SET content = x'00' WHERE version = 1", "configuration 1 is not"),
            ("UPDATE config_version SET author = 'li(1000)' WHERE version = 2", "configuration 2 is not"),
            ("UPDATE config_version SET reason = NULL WHERE version = 2", "configuration 2 is not"),
            ("UPDATE config_version SET applied_at = applied_at - 1 WHERE version = 2", "configuration 2 is not"),
            ("UPDATE config_version SET changes = NULL WHERE version = 2", "configuration 2 is not"),
            (
                "UPDATE config_version SET changes = replace(changes, '9', '7') WHERE version = 2",
                "configuration 2 is not"
            ),
            ("UPDATE config_version SET fingerprint = 'x' WHERE version = 1", "configuration 1 is not"),
            ("UPDATE config_version SET content = NULL WHERE version = 1", "configuration 1 is not"),
            ("UPDATE config_version SET size = 1 WHERE version = 1", "configuration 1 is not"),
            ("DELETE FROM config_version WHERE version = 1", "configuration 1, applied by chain record"),
            (
                "INSERT INTO config_version SELECT 3, fingerprint, applied_at, author, reason, changes, size, digest, "
                    + "content FROM config_version WHERE version = 1", "configuration 3 was applied by no chain record"
            ),
        ])
    func changed(sql: String, complaint: String) throws {
        let state = try ConfigurationEvidenceTests.state(isCompacted: true)
        try state.store.close()
        let shell = try ChildProcess(
            "/usr/bin/sqlite3", ["-bail", state.folder.database, sql], output: state.temporary.file("sql"))
        #expect(shell.wait() == 0, "\(shell.output)")
        let fault = try ConfigurationEvidenceTests.fault(state)
        #expect(fault?.contains(complaint) == true, "\(fault ?? "nothing was found")")
    }
}
