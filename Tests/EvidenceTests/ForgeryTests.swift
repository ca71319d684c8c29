import Evidence
import Foundation
import Historian
import StateKit
import Store
import TestKit
import Testing

/// What somebody can do who computes everything anew, and what it takes to find out: a seal or the public key, kept
/// elsewhere. Where a case passes without them, that is the limit `schemas/evidence.md` states.
@Suite("A forged store")
struct ForgeryTests {
    /// Changes an event of row 320 or later and links everything after it anew.
    private func rewritten(_ node: AttackedNode) throws -> Forger {
        try node.sql(
            """
            UPDATE event SET body = replace(body, '9.5', '1.5')
            WHERE sequence = (SELECT MIN(first_event) FROM journal WHERE id >= 320)
            """)
        let forger = try Forger(node)
        try forger.link(from: 316)
        return forger
    }

    private func documentFile(_ seal: Seal, _ node: AttackedNode) throws -> String {
        let path = node.file("witnessed.seal")
        try Data(try seal.document.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func keyFile(_ key: PublicKey, _ node: AttackedNode) throws -> String {
        let path = node.file("key.pub.pem")
        try Data(key.pem.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test("linked anew does not have the links its seals signed")
    func linkedAnew() throws {
        let node = try AttackedNode()
        _ = try rewritten(node)
        #expect(try node.fault()?.contains("seal 4 vouches for another history") == true)
    }

    @Test("linked and sealed anew with the stolen key is found out by a seal kept elsewhere, and by nothing else")
    func stolenKey() throws {
        let node = try AttackedNode()
        let forger = try rewritten(node)
        try forger.seal(from: 316, with: node.node.currentKey)
        #expect(try node.fault(trusted: node.node.firstKey) == nil)
        let found = try node.fault(witnessed: [node.node.newestSeal])
        #expect(found?.contains("vouches for another history") == true)
        let (code, text) = try node.hazardctl("--seal", try documentFile(node.node.newestSeal, node))
        #expect(code == 3)
        #expect(text.contains("the witnessed seal of"), "\(text)")
    }

    @Test("linked and sealed anew with a foreign key is found out by the public key", arguments: [false, true])
    func foreignKey(isSelfEndorsed: Bool) throws {
        let node = try AttackedNode()
        let key = SigningKey()
        let forger = try rewritten(node)
        let own = try key.signature(over: key.publicKey.bytes.base64EncodedString()).base64EncodedString()
        try forger.introduce(key, endorsement: isSelfEndorsed ? own : nil)
        try forger.link(from: 315)
        try forger.seal(from: 315, with: key)
        let found = try node.verification()
        #expect(found.remarks.contains { $0.contains("\(key.publicKey.identifier)") && $0.contains("not vouched for") })
        #expect(try node.fault(trusted: node.node.firstKey)?.contains("not vouched for") == true)
        #expect(try node.fault(trusted: node.node.currentKey.publicKey)?.contains("none of this store's") == true)
        let (code, text) = try node.hazardctl("--public-key", try keyFile(node.node.firstKey, node))
        #expect(code == 3)
        #expect(text.contains("not vouched for"), "\(text)")
        #expect(try node.fault(witnessed: [node.node.newestSeal])?.contains("foreign key") == true)
    }

    @Test("sealed with the old key after it was rotated away is found out")
    func oldKey() throws {
        let node = try AttackedNode()
        let forger = try rewritten(node)
        let key = try #require(try KeyFolder(node.folder).key(node.node.firstKey.identifier))
        try forger.seal(from: 316, with: key)
        #expect(try node.fault()?.contains("not the node's at that time") == true)
    }

    @Test("with the trusted key only named, after a foreign one that signs, is found out by the public key")
    func trustedKeyOnlyNamed() throws {
        let node = try AttackedNode()
        let trusted = SigningKey()
        let forger = try rewritten(node)
        try forger.introduce(trusted)
        try forger.link(from: 315)
        try forger.seal(from: 315, with: trusted)
        try node.sql("DELETE FROM seal WHERE id > 3; UPDATE sqlite_sequence SET seq = 3 WHERE name = 'seal'")
        #expect(try node.fault(trusted: trusted.publicKey)?.contains("newest seal is not of the given") == true)
    }

    @Test("without any seals is found out by the public key")
    func noSeals() throws {
        let node = try AttackedNode()
        try node.sql("DELETE FROM seal; DELETE FROM sqlite_sequence WHERE name = 'seal'")
        #expect(try node.fault()?.contains("seals of journal rows 251 to 313") == true)
        let evidence = try RecordedEvidence()
        try evidence.fill(bursts: 5)
        let key = try KeyRecord(body: try #require(try evidence.state.store.reader.records(.key).first)).publicKey
        let publicKey = try #require(Data(base64Encoded: key).flatMap { PublicKey(bytes: $0) })
        #expect(try evidence.verify().seals == 0)
        #expect(throws: EvidenceFault.self) { try evidence.verify(trusted: publicKey) }
        try evidence.state.sealer.seal(at: evidence.state.now)
        #expect(try evidence.verify(trusted: publicKey).seals == 1)
    }

    @Test("with a seal of a foreign key put in is found out")
    func foreignSeal() throws {
        let node = try AttackedNode()
        try Forger(node).seal(from: 330, with: SigningKey())
        #expect(try node.fault()?.contains("never introduced: a foreign key") == true)
        #expect(try node.hazardctl().code == 3)
    }

    @Test("with the public key's file exchanged is found out when that file is believed")
    func exchangedKeyFile() throws {
        let node = try AttackedNode()
        let path = try keyFile(SigningKey().publicKey, node)
        let (code, text) = try node.hazardctl("--public-key", path)
        #expect(code == 3)
        #expect(text.contains("signed by a foreign key"), "\(text)")
    }

    @Test("that is yesterday's backup put back is found out by today's seal alone")
    func backup() throws {
        let node = try AttackedNode()
        try FileManager.default.removeItem(atPath: node.folder.path)
        try FileManager.default.copyItem(atPath: node.node.earlier, toPath: node.folder.path)
        #expect(try node.fault() == nil)
        #expect(try node.fault(trusted: node.node.firstKey, witnessed: [node.node.earlierSeal]) == nil)
        #expect(try node.fault(witnessed: [node.node.newestSeal]) != nil)
        let (code, text) = try node.hazardctl("--seal", try documentFile(node.node.newestSeal, node))
        #expect(code == 3, "\(text)")
    }

    @Test("cut off at its tail, traces removed, is found out by a seal of what was cut alone")
    func cutTail() throws {
        let node = try AttackedNode()
        try node.sql(
            """
            DELETE FROM seal WHERE journal_id > 316; DELETE FROM operator_action WHERE journal_id > 316;
            DELETE FROM event WHERE sequence > (SELECT MAX(last_event) FROM journal WHERE id <= 316);
            UPDATE accounting SET stored = stored - (SELECT SUM(samples) FROM journal WHERE id > 316),
            received = received - (SELECT SUM(samples) FROM journal WHERE id > 316);
            DELETE FROM journal WHERE id > 316; UPDATE sqlite_sequence SET seq = 316 WHERE name = 'journal';
            UPDATE sqlite_sequence SET seq = (SELECT MAX(id) FROM seal) WHERE name = 'seal'
            """)
        #expect(try node.fault() == nil)
        #expect(try node.fault(witnessed: [node.node.earlierSeal]) == nil)
        #expect(try node.fault(witnessed: [node.node.newestSeal])?.contains("the journal ends at row 316") == true)
        let (code, text) = try node.hazardctl("--seal", try documentFile(node.node.newestSeal, node))
        #expect(code == 3)
        #expect(text.contains("its tail was cut off, or an older copy"), "\(text)")
    }

    @Test("whose write-ahead log was removed or cut is found out by a seal of what was in it", arguments: [0, 1, 2])
    func writeAheadLog(parts: Int) throws {
        let evidence = try RecordedEvidence(seed: 3)
        try evidence.fill(bursts: 20)
        try evidence.state.sealer.seal(at: evidence.state.now)
        let folder = try TemporaryFolder()
        let copy = StateFolder(folder.file("state"))
        let seal = try Seal(document: try #require(try evidence.state.store.reader.newestSeal()))
        try FileManager.default.copyItem(atPath: evidence.state.folder.path, toPath: copy.path)
        let log = try Data(contentsOf: URL(fileURLWithPath: copy.database + "-wal"))
        try #require(!log.isEmpty)
        try log.prefix(log.count * parts / 3).write(to: URL(fileURLWithPath: copy.database + "-wal"))
        try? FileManager.default.removeItem(atPath: copy.database + "-shm")
        #expect(throws: (any Error).self) { try Verifier(copy, witnessed: [seal]).verify() }
    }

    @Test("with a chunk put in as if its compaction were under way shows nothing of it, and says so")
    func unrecordedChunk() throws {
        let node = try AttackedNode()
        func samples() throws -> Int {
            let history = HistoryReader(try StateReader(node.folder), node.folder)
            return try #require(try history.samples(of: "shengli/P-0", from: .min, through: .max)).count
        }
        let all = try samples()
        try node.sql(
            """
            CREATE TEMP TABLE copy AS SELECT * FROM chunk WHERE id = 1;
            UPDATE copy SET (id, j_first, j_last) = (NULL, 9000, 9000); INSERT INTO chunk SELECT * FROM copy
            """, in: node.day("25.open"))
        #expect(try node.verification().remarks.contains { $0.contains("9000 whose compaction is not on record") })
        try node.sql("DELETE FROM chunk WHERE id = 1", in: node.day("25.open"))
        #expect(try samples() < all, "the copy is no history")
        #expect(try node.fault()?.contains("2025-11-25.open.sqlite") == true)
    }
}
