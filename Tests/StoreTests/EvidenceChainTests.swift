import Crypto
import Foundation
import GRDB
import Pipeline
import Store
import Testing

@Suite("The evidence chain")
struct EvidenceChainTests {
    /// One stored link with all it was made of.
    private struct Link {
        let stored: Data
        let computed: Data
    }

    private func add(_ number: Int, to hasher: inout SHA256) {
        for shift in stride(from: 0, to: 64, by: 8) {
            hasher.update(data: [UInt8(truncatingIfNeeded: UInt64(number) >> UInt64(shift))])
        }
    }

    private func add(_ bytes: Data, to hasher: inout SHA256) {
        add(bytes.count, to: &hasher)
        hasher.update(data: bytes)
    }

    /// Computes every link anew from the rows, as somebody else's program would.
    private func links(_ path: String) throws -> [Link] {
        try DatabaseQueue(path: path).read { db in
            var previous = Data(count: 32)
            return try Row.fetchAll(db, sql: "SELECT * FROM journal ORDER BY id").map { row in
                var hasher = SHA256()
                hasher.update(data: previous)
                add(row["block"] as Data, to: &hasher)
                let events = try String.fetchAll(
                    db, sql: "SELECT body FROM event WHERE sequence BETWEEN ? AND ? ORDER BY sequence",
                    arguments: [row["first_event"] as Int64?, row["last_event"] as Int64?])
                add(events.count, to: &hasher)
                for event in events { add(Data(event.utf8), to: &hasher) }
                let actions = try Row.fetchAll(
                    db, sql: "SELECT * FROM operator_action WHERE journal_id = ? ORDER BY id",
                    arguments: [row["id"] as Int64])
                add(actions.count, to: &hasher)
                for action in actions {
                    let fields: [String] = [
                        String(action["at"] as Int64), action["actor"], action["action"], action["episode"],
                        action["comment"] ?? "", action["request_id"] ?? "", action["outcome"],
                    ]
                    for field in fields { add(Data(field.utf8), to: &hasher) }
                }
                previous = row["chain"]
                return Link(stored: previous, computed: Data(hasher.finalize()))
            }
        }
    }

    private func filled() throws -> StoreFixture {
        let fixture = try StoreFixture()
        try fixture.commit(StoreFixture.samples(0, [(1, 1), (2, 2)]))
        var effects = StoreFixture.samples(1, [(3, 3)])
        effects.events = [StoreFixture.event(1), StoreFixture.event(2)]
        try fixture.commit(effects)
        effects = Effects()
        effects.actions = [StoreFixture.action("refused"), StoreFixture.action("done", comment: "seen")]
        try fixture.commit(effects)
        try fixture.reopen()
        effects = Effects()
        effects.events = [StoreFixture.event(3)]
        effects.actions = [StoreFixture.action("done", requestID: "r")]
        try fixture.commit(effects)
        try fixture.commit(Effects())
        try fixture.database.close()
        return fixture
    }

    @Test("is the SHA-256 of the link before, the block, the events and the actions, across a restart")
    func recomputed() throws {
        let fixture = try filled()
        let links = try links(fixture.folder.database)
        #expect(links.count == 4)
        #expect(links.map(\.stored) == links.map(\.computed))
        #expect(Set(links.map(\.stored)).count == 4)
    }

    @Test(
        "no longer holds when anything recorded was changed",
        arguments: [
            "UPDATE journal SET block = CAST(substr(block, 1, 4) || x'77' || substr(block, 6) AS BLOB) WHERE id = 1",
            "UPDATE event SET body = replace(body, '9.5', '7.5') WHERE sequence = 2",
            "UPDATE operator_action SET actor = 'wang' WHERE id = 1",
            "UPDATE operator_action SET comment = NULL WHERE comment = 'seen'",
            "DELETE FROM journal WHERE id = 2", "DELETE FROM event WHERE sequence = 1",
            "DELETE FROM operator_action WHERE id = 3",
        ])
    func tampering(sql: String) throws {
        let fixture = try filled()
        try DatabaseQueue(path: fixture.folder.database).write { try $0.execute(sql: sql) }
        let links = try links(fixture.folder.database)
        #expect(links.map(\.stored) != links.map(\.computed))
    }
}
