import GRDB
import Pipeline
import Store
import Telemetry
import TestKit
import Testing

/// The write-ahead log is moved into the database file beside the commits that lengthen it.
@Suite("The write-ahead log")
struct LogUpkeepTests {
    /// Samples that do not pack: about 9 bytes each.
    private struct Bursts {
        private var random = RandomState(seed: 7)
        private(set) var time: Int64 = 0

        mutating func next(_ samples: Int) -> Effects {
            let values = (0..<samples).map { (time + Int64($0), Double(random.next() >> 11) / 3) }
            time += Int64(samples)
            return StoreFixture.samples(0, values)
        }
    }

    /// About a MiB.
    private static let large = 115_000
    /// A few pages.
    private static let small = 10

    /// Commits MiBs as the pipeline does, looking after the log each time.
    private static func fill(_ fixture: StoreFixture, _ bursts: inout Bursts, mebibytes: Int) throws {
        for _ in 0..<mebibytes {
            try fixture.commit(bursts.next(large))
            try fixture.database.tendLog(isIdle: false)
        }
    }

    /// Pages that are not worth a pass even while nothing is committed.
    private static let few = 256

    /// Lets passes go on until the log is in the database file, but for what is not worth one.
    private static func settle(_ fixture: StoreFixture) async throws {
        try await eventually("the log is moved") {
            try fixture.database.tendLog(isIdle: true)
            return fixture.database.pagesToMove < few
        }
    }

    @Test("stays within its bound however much is committed, and every sample is there after a start")
    func bounded() async throws {
        let fixture = try StoreFixture()
        var bursts = Bursts()
        try LogUpkeepTests.fill(fixture, &bursts, mebibytes: 160)
        #expect(fixture.database.checkpoints > 1)
        // The bound and the burst that passed it.
        #expect(fixture.folder.walBytes < 68 << 20)
        try fixture.reopen()
        let rows = try await DatabaseQueue(path: fixture.folder.database).read { db in
            try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM journal")
        }
        #expect(rows == 160)
        #expect(try fixture.recorded(0, at: bursts.time - 1) != nil)
    }

    @Test("is left alone once it is moved, however long it was")
    func longOnce() async throws {
        let fixture = try StoreFixture()
        var bursts = Bursts()
        for _ in 0..<70 { try fixture.commit(bursts.next(LogUpkeepTests.large)) }
        try await LogUpkeepTests.settle(fixture)
        let passes = fixture.database.checkpoints
        for _ in 0..<100 {
            try fixture.commit(bursts.next(LogUpkeepTests.small))
            try fixture.database.tendLog(isIdle: false)
        }
        #expect(fixture.folder.walBytes > 64 << 20, "SQLite cut the file: this would show nothing")
        #expect(fixture.database.checkpoints == passes)
    }

    @Test("is not tried at every burst while a reader holds it up, and is moved once the reader is gone")
    func heldUp() async throws {
        let fixture = try StoreFixture()
        var bursts = Bursts()
        let reader = try DatabasePool(path: fixture.folder.database).makeSnapshot()
        try LogUpkeepTests.fill(fixture, &bursts, mebibytes: 20)
        try await eventually("a pass was held up") {
            try fixture.commit(bursts.next(LogUpkeepTests.small))
            try fixture.database.tendLog(isIdle: false)
            return fixture.database.pagesToMove > 4_096 && fixture.database.checkpoints > 0
        }
        try await during(.milliseconds(200)) { try fixture.database.tendLog(isIdle: false) }
        let passes = fixture.database.checkpoints
        try await during(.milliseconds(300)) {
            try fixture.commit(bursts.next(LogUpkeepTests.small))
            try fixture.database.tendLog(isIdle: false)
        }
        #expect(fixture.database.checkpoints == passes)
        try reader.close()
        try LogUpkeepTests.fill(fixture, &bursts, mebibytes: 20)
        try await LogUpkeepTests.settle(fixture)
    }

    @Test("of a megabyte is moved while nothing is committed, and not before")
    func idle() async throws {
        let fixture = try StoreFixture()
        var bursts = Bursts()
        for _ in 0..<2 { try fixture.commit(bursts.next(LogUpkeepTests.large)) }
        try fixture.database.tendLog(isIdle: false)
        #expect(fixture.database.checkpoints == 0)
        #expect(fixture.database.pagesToMove > LogUpkeepTests.few)
        try await LogUpkeepTests.settle(fixture)
        #expect(fixture.database.checkpoints == 1)
    }
}
