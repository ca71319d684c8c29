import Foundation
import GRDB
import Pipeline
import Registry
import Settings
import Store
import Telemetry
import TestKit
import Testing

@Suite("Applied configurations")
struct ConfigurationVersionTests {
    private static func files(_ limit: String) -> ConfigurationFiles {
        var files = ConfigurationFiles()
        files.add(name: "hazardd.yaml", bytes: Array("node: n1\n".utf8))
        files.add(name: "sites/a.yaml", bytes: Array("site: a\npoints_file: a.csv\n".utf8))
        files.add(name: "sites/a.csv", bytes: Array("point,gateway,tag,H\nLT-1,gw1,T1,\(limit)\n".utf8))
        return files
    }

    private static func apply(
        _ limit: String, by author: String, _ reason: String?, to database: StateDatabase, at now: Int64
    ) throws -> ConfigurationDraft? {
        let draft = try ConfigurationDraft(
            files(limit), fingerprint: "f\(limit)", author: author, reason: reason, after: database.reader)
        guard let draft else { return nil }
        let applied = try draft.applied(at: now)
        try database.commit(
            Effects(), gatewayRecord: { _ in GatewayRecord() }, records: [applied.record],
            configuration: applied.version, at: now)
        return draft
    }

    @Test("are kept with their files, author, reason and changes")
    func kept() throws {
        let fixture = try StoreFixture()
        #expect(
            try ConfigurationVersionTests.apply("9", by: "start", nil, to: fixture.database, at: 1_000)?.version == 1)
        let second = try ConfigurationVersionTests.apply(
            "8.5", by: "li(1000)", "too late", to: fixture.database, at: 2_000)
        #expect(second?.version == 2)
        try fixture.reopen()
        let reader = fixture.database.reader
        let newest = try #require(try reader.configurationVersion(nil))
        #expect(newest.version == 2)
        #expect(newest.author == "li(1000)")
        #expect(newest.reason == "too late")
        #expect(newest.appliedAt == 2_000)
        #expect(newest.changes?.lines == ["a/LT-1: H 9 → 8.5"])
        #expect(newest.content?.files == ConfigurationVersionTests.files("8.5"))
        let first = try #require(try reader.configurationVersion(1))
        #expect(first.content?.files == ConfigurationVersionTests.files("9"))
        #expect(first.changes?.lines == [])
        #expect(first.changes?.pointsAdded == 1)
        #expect(try reader.configurationVersions().map(\.version) == [2, 1])
        #expect(try reader.configurationVersion(3) == nil)
        let records = try reader.records(.configuration).map { try ConfigurationRecord(body: $0) }
        #expect(records.map(\.digest) == [first.content?.digest, newest.content?.digest])
    }

    @Test("are no new version where nothing changed")
    func unchanged() throws {
        let fixture = try StoreFixture()
        _ = try ConfigurationVersionTests.apply("9", by: "start", nil, to: fixture.database, at: 1_000)
        #expect(try ConfigurationVersionTests.apply("9", by: "SIGHUP", nil, to: fixture.database, at: 2_000) == nil)
        #expect(try fixture.database.reader.configurationVersions().count == 1)
    }

    @Test("of an older hazardd are known by their fingerprint, and the next start keeps the content")
    func older() throws {
        let fixture = try StoreFixture()
        try fixture.database.close()
        let queue = try DatabaseQueue(path: fixture.folder.database)
        try queue.write { db in
            for column in ["author", "reason", "changes", "size", "digest", "content"] {
                try db.execute(sql: "ALTER TABLE config_version DROP COLUMN \(column)")
            }
            try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '5 configuration versions'")
            try db.execute(sql: "INSERT INTO config_version VALUES (4, 'f9', 500)")
        }
        try queue.close()
        let old = try StateReader(fixture.folder)
        #expect(try old.configurationVersions().map(\.version) == [4])
        #expect(try old.configurationVersion(nil)?.content == nil)
        #expect(try old.configurationVersion(nil)?.author == nil)
        let database = try StateDatabase(fixture.folder, durability: .full)
        let draft = try ConfigurationVersionTests.apply("9", by: "start", nil, to: database, at: 1_000)
        #expect(draft?.version == 5)
        #expect(try database.reader.configurationVersion(4)?.fingerprint == "f9")
        try database.close()
    }

    @Test("are written with their burst or not at all")
    func atomic() throws {
        let fixture = try StoreFixture()
        fixture.database.commitFault = { "on purpose" }
        #expect(throws: StoreError.self) {
            _ = try ConfigurationVersionTests.apply("9", by: "start", nil, to: fixture.database, at: 1_000)
        }
        #expect(try fixture.database.reader.configurationVersions().isEmpty)
        fixture.database.commitFault = { nil }
        #expect(
            try ConfigurationVersionTests.apply("9", by: "start", nil, to: fixture.database, at: 1_000)?.version == 1)
    }
}
