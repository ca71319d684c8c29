import Alarms
import Pipeline
import Registry
import Telemetry
import Testing

@Suite("Imported samples")
struct ImportTests {
    private static let start = EngineHarness.start

    private static let registry = Registry(
        sites: [Site(name: "a"), Site(name: "b")],
        points: (0..<4).map { place in
            Point(
                site: place / 2, name: "P-\(place == 3 ? 0 : place)", gateway: place % 2, tag: "T\(place)", high: 100,
                staleAfter: 30_000,
                rules: [
                    AlarmRule(condition: .highHigh, limit: 9),
                    AlarmRule(condition: .high, limit: 8, deadband: 1, onDelay: 5_000, offDelay: 10_000),
                    AlarmRule(condition: .low, limit: 1), AlarmRule(condition: .bad), AlarmRule(condition: .stale),
                ])
        },
        gateways: [
            Gateway(name: "gw1", silence: 60_000, sites: [0, 1]), Gateway(name: "gw2", silence: 0, sites: [0, 1]),
        ])

    private static func sample(
        _ point: Int, _ time: Int64, _ value: Double, _ quality: Quality = .good
    ) -> ImportedSample {
        ImportedSample(point: PointIndex(point), time: time, value: value, quality: quality)
    }

    private static func engine() -> Engine {
        let engine = Engine(
            registry: registry,
            options: EngineOptions(
                node: "n1", policies: [:], futureLimit: 300_000, lagLimit: 600_000, escalationHold: 0, seed: 1),
            state: EngineState(), at: Instant(wall: start, monotonic: 1_000))
        engine.didCommit()
        return engine
    }

    @Test("are stored as late ones, gateway by gateway, each point's in their order")
    func journal() {
        let engine = ImportTests.engine()
        let now = Instant(wall: ImportTests.start + 7, monotonic: 1_007)
        engine.takeImported(
            [
                ImportTests.sample(0, 50, 99), ImportTests.sample(1, 10, 5), ImportTests.sample(2, 60, .nan, .bad),
                ImportTests.sample(0, 40, 1), ImportTests.sample(0, 50, 2),
            ], at: now)
        let journal = engine.effects.journal
        #expect(journal.messages.map(\.gateway) == [0, 1])
        #expect(journal.messages.map(\.sampleCount) == [4, 1])
        #expect(journal.messages.allSatisfy { $0.receivedAt == now.wall })
        var cursor = JournalBatch.Cursor()
        var found: [JournalBatch.Sample] = []
        while let sample = journal.next(&cursor) { found.append(sample) }
        #expect(found.map(\.point) == [0, 2, 0, 0, 1])
        #expect(found.map(\.time) == [50, 60, 40, 50, 10])
        #expect(found.allSatisfy { $0.standing.isLate })
        #expect(journal.spans == [0: 40...60, 1: 10...10])
        #expect(engine.totals.received == 5 && engine.totals.stored == 5 && engine.totals.isBalanced)
        #expect(engine.effects.accounting == engine.totals)
    }

    @Test("raise nothing, end nothing, show no life and move no newest sample, however new they are")
    func noEffect() {
        let engine = ImportTests.engine()
        let now = Instant(wall: ImportTests.start, monotonic: 2_000)
        let deadline = engine.nextDeadline
        engine.takeImported(
            (0..<4).flatMap { point in
                [1.0, 99, 200, .nan].enumerated().map {
                    ImportTests.sample(point, ImportTests.start + Int64($0), $1, $1.isNaN ? .bad : .good)
                }
            }, at: now)
        #expect(engine.effects.events.isEmpty && engine.effects.alarms.isEmpty && engine.effects.delays.isEmpty)
        #expect(engine.effects.tasks.isEmpty && engine.effects.quarantine.isEmpty && engine.effects.gateways.isEmpty)
        #expect(engine.standing.isEmpty)
        #expect((0..<4).allSatisfy { engine.lastSample(PointIndex($0)) == nil })
        #expect(engine.nextDeadline == deadline)
    }

    @Test("a standing STALE stands on, and the next live sample older than the import is live all the same")
    func liveAfterwards() throws {
        let harness = EngineHarness(registry: ImportTests.registry)
        harness.advance(to: 40_000)
        let standing = harness.engine.standing.map(\.subject.description).sorted()
        #expect(standing.contains("a/P-0/STALE"))
        harness.engine.takeImported(
            [ImportTests.sample(0, harness.wall, 5)], at: Instant(wall: harness.wall, monotonic: 1))
        #expect(harness.engine.standing.map(\.subject.description).sorted() == standing)
        harness.commit()
        harness.receive("gw1", #"{"ts":\#(harness.wall - 10),"values":{"T0":9.5}}"#)
        #expect(harness.engine.lastSample(PointIndex(0))?.value == 9.5)
        #expect(harness.engine.standing.contains { $0.subject.description == "a/P-0/HH" })
    }

    @Test("names are found with their site, without where one site has them, and told from the others")
    func names() {
        let matches = ImportTests.registry.matches([
            "P-1", "a/P-0", "P-0", "b/P-0", "P-9", "c/P-1", "", "/P-1", "b/P-1",
        ])
        #expect(
            matches == [
                .found(PointIndex(1)), .found(PointIndex(0)), .ambiguous(sites: ["a", "b"]), .found(PointIndex(3)),
                .unknown, .unknown, .unknown, .unknown, .unknown,
            ])
    }

    @Test("are tried by deadband and delays on their own clock")
    func trial() {
        let trial = LimitTrial(ImportTests.registry, points: [PointIndex(2), PointIndex(0)])
        let series: [(Int64, Double)] = [
            (0, 5), (1_000, 8.5), (3_000, 7.5), (5_999, 8.1), (6_000, 8.1), (7_000, 6), (16_999, 6), (17_000, 6),
            (18_000, 9.5), (18_000, 5), (19_000, 5), (20_000, 9), (21_000, 0.5),
        ]
        for (time, value) in series { trial.take(ImportTests.sample(0, time, value)) }
        trial.take(ImportTests.sample(2, 5, 10, .uncertain))
        trial.take(ImportTests.sample(2, 6, 5, .uncertain))
        trial.take(ImportTests.sample(2, 7, 10))
        trial.take(ImportTests.sample(2, 8, .nan, .bad))
        trial.take(ImportTests.sample(2, 9, 10))
        trial.take(ImportTests.sample(1, 9, 10))
        let found = trial.findings.map {
            "\($0.point.position) \($0.condition.name) \($0.first) \($0.last) \($0.raises)"
        }
        #expect(found == ["0 HH 18000 20000 2", "0 H 6000 6000 1", "0 L 21000 21000 1", "2 HH 5 5 1"])
    }

    @Test("a trial leaves nothing behind, however often it alarms")
    func manyRaises() {
        let trial = LimitTrial(ImportTests.registry, points: [PointIndex(0)])
        for round in 0..<10_000 { trial.take(ImportTests.sample(0, Int64(round), round % 2 == 0 ? 9.5 : 5)) }
        #expect(trial.findings.first { $0.condition == .highHigh }?.raises == 5_000)
    }
}
