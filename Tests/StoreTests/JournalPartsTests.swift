import GRDB
import Store
import Telemetry
import Testing

/// Compaction reads the journal while the pipeline goes on writing to it.
@Suite("Reading journal rows in parts")
struct JournalPartsTests {
    private static let rows = 50

    private static func fixture() throws -> StoreFixture {
        let fixture = try StoreFixture()
        for number in 0..<rows {
            try fixture.commit(StoreFixture.samples(number % 4, [(Int64(number) * 10, Double(number))]))
        }
        return fixture
    }

    /// Whether the write-ahead log could begin anew now, with what was committed after a reading began in it.
    private static func mayBeginAnew(_ fixture: StoreFixture) throws -> Bool {
        try fixture.commit(StoreFixture.samples(0, [(1_000_000, 1)]))
        let queue = try DatabaseQueue(path: fixture.folder.database)
        return try queue.writeWithoutTransaction { db in
            try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(RESTART)") == 0
        }
    }

    @Test("hands over every sample once, and holds up no checkpoint while they are worked on")
    func parts() throws {
        let fixture = try JournalPartsTests.fixture()
        var values: [Double] = []
        var isFree: Bool?
        try fixture.database.reader.forEachSample(inPartsOfRows: 1...Int64(JournalPartsTests.rows)) { row in
            values.append(row.value)
            if isFree == nil { isFree = try JournalPartsTests.mayBeginAnew(fixture) }
        }
        #expect(values == (0..<JournalPartsTests.rows).map { Double($0) })
        #expect(isFree == true)
    }

    @Test("differs in that from reading them as of one moment")
    func oneMoment() throws {
        let fixture = try JournalPartsTests.fixture()
        var isFree: Bool?
        try fixture.database.reader.forEachSample(ofRows: 1...Int64(JournalPartsTests.rows)) { _ in
            if isFree == nil { isFree = try JournalPartsTests.mayBeginAnew(fixture) }
        }
        #expect(isFree == false)
    }

    @Test("takes several readings for more than fits one, and refuses rows that are not all there")
    func large() throws {
        let fixture = try StoreFixture()
        // Values that do not pack: about 9 bytes a sample, so that a part of 4 MiB is a fraction of them.
        var random = RandomState(seed: 1)
        let bursts = 12
        for burst in 0..<bursts {
            try fixture.commit(
                StoreFixture.samples(
                    0, (0..<100_000).map { (Int64(burst * 100_000 + $0), Double(random.next() >> 11) / 3) }))
        }
        var last: Int64 = -1
        var outOfOrder = 0
        try fixture.database.reader.forEachSample(inPartsOfRows: 1...Int64(bursts)) { row in
            if row.time != last + 1 { outOfOrder += 1 }
            last = row.time
        }
        #expect(outOfOrder == 0)
        #expect(last == Int64(bursts * 100_000 - 1))
        let contents = try fixture.database.reader.contents(ofRows: 1...Int64(bursts))
        #expect(contents.contents.rows == Int64(bursts))
        #expect(throws: StoreError.self) {
            try fixture.database.reader.contents(ofRows: 1...Int64(bursts + 1))
        }
    }
}
