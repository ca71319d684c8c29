import Foundation
import GRDB
import Historian
import Pipeline
import Registry
import Settings
import Store
import Telemetry
import TestKit

/// A history with so many samples, compacted and sealed, and the same samples as rows of a plain table.
struct QueryBench {
    private static let queries = 200
    /// 2025-06-01T00:00:00Z, UTC milliseconds.
    private static let start: Int64 = 1_748_736_000_000

    private let points: Int
    private let samplesPerPoint: Int
    private let folder: TemporaryFolder
    private let store: StateDatabase
    private let history: HistoryReader
    private let rows: DatabaseQueue

    init(points: Int, samplesPerPoint: Int) throws {
        self.points = points
        self.samplesPerPoint = samplesPerPoint
        folder = try TemporaryFolder("hazard-bench")
        let state = StateFolder(folder.file("state"))
        try state.create()
        store = try StateDatabase(state, durability: .normal)
        history = HistoryReader(store.reader, state)
        rows = try DatabaseQueue(path: folder.file("rows.sqlite"))
        let registry = Registry(
            sites: [Site(name: "bench")],
            points: (0..<points).map { Point(site: 0, name: "P\($0)", gateway: 0, tag: "T\($0)") },
            gateways: [Gateway(name: "gw", sites: [0])])
        try store.adopt(registry)
        try fill()
        try compact(registry)
    }

    /// A level that wanders, in millimetres, sampled at 1 Hz with a jitter of 5 ms.
    private func fill() throws {
        try rows.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = OFF")
            try db.execute(
                sql: "CREATE TABLE sample (point INTEGER, t INTEGER, value REAL, PRIMARY KEY (point, t)) WITHOUT ROWID")
            let insert = try db.makeStatement(sql: "INSERT INTO sample VALUES (?, ?, ?)")
            for point in 0..<points {
                var random = RandomState(seed: UInt64(point) + 1)
                var level = 5_000
                var number = 0
                while number < samplesPerPoint {
                    var effects = Effects()
                    effects.journal.begin(JournalBatch.Message(gateway: 0, receivedAt: QueryBench.start))
                    try db.inTransaction {
                        for _ in 0..<min(50_000, samplesPerPoint - number) {
                            level += Int.random(in: -1...1, using: &random)
                            let time =
                                QueryBench.start + Int64(number) * 1_000 + Int64.random(in: -5...5, using: &random)
                            let value = Double(level) / 1_000
                            effects.journal.append(point, time: time, value: value, quality: .good, isLate: true)
                            try insert.execute(arguments: [point, time, value])
                            number += 1
                        }
                        return .commit
                    }
                    effects.journal.endMessage()
                    try store.commit(effects, gatewayRecord: { _ in GatewayRecord() }, at: QueryBench.start)
                }
            }
        }
    }

    private func compact(_ registry: Registry) throws {
        let now = Instant(wall: QueryBench.start + 400 * 86_400_000, monotonic: 0)
        let options = EngineOptions(
            node: "bench", policies: [:], futureLimit: 300_000, lagLimit: 600_000, escalationHold: 0, seed: 1)
        let engine = Engine(registry: registry, options: options, state: try store.load(), at: now)
        let chores = try HistoryChores(
            reader: store.reader, state: store.folder, node: "bench", timeZone: "UTC"
        ) { records in
            try store.commit(Effects(), gatewayRecord: { _ in GatewayRecord() }, records: records, at: now.wall)
        }
        try store.save(snapshotOf: engine, at: now.wall)
        while try chores.compact(points: points, isForced: true, at: now.wall) != nil {
            try store.save(snapshotOf: engine, at: now.wall)
        }
        _ = try chores.sealDays(endedBefore: .max)
        while try store.deleteCompacted() {}
    }

    /// One hour of one point, all its samples.
    func measureHour(_ options: BenchOptions) throws {
        var figure = Figure("query.hour.p50", unit: "ms", beside: "plain rows")
        try options.measure(&figure) {
            var random = RandomState(seed: 7)
            return try medians {
                let point = Int.random(in: 0..<points, using: &random)
                let first =
                    QueryBench.start + Int64.random(in: 0..<Int64(samplesPerPoint - 3_600), using: &random) * 1_000
                return (point, first, first + 3_599_999)
            } ours: { point, first, last in
                try history.samples(of: "bench/P\(point)", from: first, through: last)?.count ?? 0
            } theirs: { point, first, last in
                try rowsCount(point, first, last)
            }
        }
    }

    /// Thirty days of one point by minutes: least, greatest, mean.
    func measureTrend(_ options: BenchOptions) throws {
        var figure = Figure("query.trend.p50", unit: "ms", beside: "plain rows")
        try options.measure(&figure) {
            var random = RandomState(seed: 7)
            let end = QueryBench.start + Int64(samplesPerPoint) * 1_000
            return try medians(count: 5) {
                (Int.random(in: 0..<points, using: &random), QueryBench.start, end)
            } ours: { point, first, last in
                try history.buckets(of: "bench/P\(point)", from: first, through: last, width: 60_000)?.count ?? 0
            } theirs: { point, first, last in
                try rows.read { db in
                    let found = try Row.fetchCursor(
                        db.cachedStatement(
                            sql: """
                                SELECT t / 60000, MIN(value), MAX(value), AVG(value) FROM sample
                                WHERE point = ? AND t BETWEEN ? AND ? GROUP BY 1
                                """), arguments: [point, first, last])
                    var count = 0
                    while try found.next() != nil { count += 1 }
                    return count
                }
            }
        }
    }

    private func rowsCount(_ point: Int, _ first: Int64, _ last: Int64) throws -> Int {
        try rows.read { db in
            let found = try Row.fetchCursor(
                db.cachedStatement(sql: "SELECT t, value FROM sample WHERE point = ? AND t BETWEEN ? AND ? ORDER BY t"),
                arguments: [point, first, last])
            var samples: [StoredSample] = []
            while let row = try found.next() {
                samples.append(StoredSample(time: row[0], value: row[1], quality: .good))
            }
            return samples.count
        }
    }

    /// The median duration of each side's answers, in ms. Both have to find the same number.
    private func medians(
        count: Int = QueryBench.queries, _ question: () -> (Int, Int64, Int64),
        ours: (Int, Int64, Int64) throws -> Int, theirs: (Int, Int64, Int64) throws -> Int
    ) throws -> (Double, Double) {
        var durations: (ours: [Double], theirs: [Double]) = ([], [])
        for _ in 0..<count {
            let (point, first, last) = question()
            let began = SystemClock.nanoseconds()
            let found = try ours(point, first, last)
            let between = SystemClock.nanoseconds()
            let expected = try theirs(point, first, last)
            durations.ours.append(Double(between - began) / 1e6)
            durations.theirs.append(Double(SystemClock.nanoseconds() - between) / 1e6)
            guard found == expected, found > 0 else { throw TestKitError("\(found) found where there are \(expected)") }
        }
        return (Figure.median(durations.ours), Figure.median(durations.theirs))
    }
}
