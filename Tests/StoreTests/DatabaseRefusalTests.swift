import Foundation
import GRDB
import Settings
import Store
import TestKit
import Testing

@Suite("A database that is not ours")
struct DatabaseRefusalTests {
    /// Every file of the state directory with its bytes; a read-only look may leave an index of shared memory.
    private func files(_ folder: StateFolder) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where !name.hasSuffix("-shm") {
            files[name] = FileManager.default.contents(atPath: folder.path + "/" + name)
        }
        // An empty write-ahead log says nothing.
        return files.filter { !($0.key.hasSuffix("-wal") && $0.value.isEmpty) }
    }

    private func expectRefusal(_ fixture: StoreFixture, _ word: String) throws {
        let before = try files(fixture.folder)
        #expect {
            try StateDatabase(fixture.folder, durability: .full)
        } throws: { error in
            guard let error = error as? StoreError else { return false }
            return error.kind == .foreign && error.description.contains(word)
                && error.description.contains(fixture.folder.database)
        }
        #expect(try files(fixture.folder) == before)
    }

    private func emptied() throws -> StoreFixture {
        let fixture = try StoreFixture()
        try fixture.database.close()
        for name in try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path) {
            try FileManager.default.removeItem(atPath: fixture.folder.path + "/" + name)
        }
        return fixture
    }

    @Test("but another program's is refused and not touched")
    func foreign() throws {
        let fixture = try emptied()
        let other = try DatabaseQueue(path: fixture.folder.database)
        try other.write {
            try $0.execute(sql: "CREATE TABLE customer (name TEXT); INSERT INTO customer VALUES ('wang')")
        }
        try other.close()
        try expectRefusal(fixture, "another program")
    }

    @Test("but another program's, with a write-ahead log left by a crash, is refused and not touched")
    func foreignWithLog() throws {
        let fixture = try emptied()
        let elsewhere = fixture.temporary.file("other.sqlite")
        let other = try DatabasePool(path: elsewhere)
        try other.write {
            try $0.execute(sql: "CREATE TABLE customer (name TEXT); INSERT INTO customer VALUES ('wang')")
        }
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: elsewhere + suffix, toPath: fixture.folder.database + suffix)
        }
        try other.close()
        try expectRefusal(fixture, "another program")
    }

    @Test("but no database at all is refused and not touched")
    func noDatabase() throws {
        let fixture = try emptied()
        try Data("these are my holiday photographs".utf8).write(to: URL(fileURLWithPath: fixture.folder.database))
        try expectRefusal(fixture, "not touched")
    }

    @Test("whole but damaged is refused and not touched")
    func damaged() throws {
        let fixture = try StoreFixture()
        for number in 0..<200 {
            try fixture.commit(
                StoreFixture.samples(0, (0..<50).map { (Int64(number * 50 + $0), 1.0 / Double($0 + 3)) }))
        }
        try fixture.database.close()
        try? FileManager.default.removeItem(atPath: fixture.folder.database + "-wal")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: fixture.folder.database))
        // A torn write: some pages in the middle hold something else.
        for place in (bytes.count / 4)..<(bytes.count / 2) { bytes[place] = UInt8(truncatingIfNeeded: place &* 31) }
        try bytes.write(to: URL(fileURLWithPath: fixture.folder.database))
        try expectRefusal(fixture, "damaged")
    }

    @Test("yet, because a newer version wrote it, is refused and not touched")
    func newer() throws {
        let fixture = try StoreFixture()
        try fixture.database.close()
        let queue = try DatabaseQueue(path: fixture.folder.database)
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 of the future')") }
        try queue.close()
        try expectRefusal(fixture, "newer hazardd")
    }

    @Test("is not what an empty folder holds: it becomes ours, and is marked so")
    func fresh() throws {
        let fixture = try StoreFixture()
        try fixture.database.close()
        let facts = try DatabaseQueue(path: fixture.folder.database).read { db in
            (
                try Int.fetchOne(db, sql: "PRAGMA application_id"),
                try String.fetchOne(db, sql: "PRAGMA journal_mode")
            )
        }
        #expect(facts.0 == 0x485A_4431)
        #expect(facts.1 == "wal")
    }
}
