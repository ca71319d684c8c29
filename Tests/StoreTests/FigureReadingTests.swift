import AlarmFigures
import Alarms
import Pipeline
import Registry
import Store
import Telemetry
import TestKit
import Testing

@Suite("Figures from the event log")
struct FigureReadingTests {
    private static let start = AlarmLoad.start(of: StoreFixture.start)
    private static let basis = FigureBasis(
        positions: PositionMap(),
        targets: AlarmTargets(
            average: 1, mostAverage: 2, peak: 10, intervalsAbove: 0.01, mostFrequent: 0.05,
            flood: FloodRule(startsAbove: 10, endsBelow: 5), floodTime: 0.01, chatterWindow: 60_000,
            fleetingWithin: 10_000, staleAfter: 86_400_000, stale: 5, lowShare: 0.8, mediumShare: 0.15, highShare: 0.05
        ), profile: "tests", dated: "2026-11-24")

    private static func event(
        _ sequence: Int64, _ kind: String, at time: Int64, site: String = "shengli", object: String = "P-0",
        state: AlarmState = .unacknowledged
    ) -> Event {
        let alarm = Alarm(
            subject: AlarmSubject(site: site, object: object, condition: .high),
            episode: ULID(high: 1, low: UInt64(sequence)), machine: AlarmMachine(state: state), priority: .high,
            source: "TF-1", receivedAt: start + time, raisedAt: start + time, consequence: BilingualText(zh: "液氨泄漏"))
        return Event(
            node: "n1", sequence: sequence, previous: nil, id: ULID(high: 2, low: UInt64(sequence)),
            type: "hazard.\(kind).v1", site: site, subject: alarm.subject.description, time: start + time,
            data: kind.hasPrefix("alarm.") ? alarm.json() : "{}")
    }

    private static func fixture(_ events: [Event], standing: [Alarm] = []) throws -> StoreFixture {
        let fixture = try StoreFixture()
        var effects = Effects()
        effects.events = events
        for alarm in standing { effects.alarms[alarm.subject] = alarm }
        try fixture.commit(effects)
        return fixture
    }

    @Test("find where a range begins in the log")
    func lastSequence() throws {
        let times: [Int64] = [0, 10, 10, 10, 20, 30]
        let fixture = try FigureReadingTests.fixture(
            times.enumerated().map { FigureReadingTests.event(Int64($0 + 1), "alarm.raised", at: $1) })
        let reader = try StateReader(fixture.folder)
        for (time, expected) in [(-1, 0), (0, 0), (1, 1), (10, 1), (11, 4), (20, 4), (21, 5), (30, 5), (31, 6)] {
            let found = try reader.lastSequence(before: FigureReadingTests.start + Int64(time))
            #expect(found == Int64(expected), "before \(time)")
        }
    }

    @Test("of a log without events are empty")
    func empty() throws {
        let fixture = try StoreFixture()
        let reader = try StateReader(fixture.folder)
        #expect(try reader.lastSequence(before: .max) == 0)
        let day: Int64 = 86_400_000
        let end = FigureReadingTests.start
        #expect(try reader.usualFigureStart(before: end) == end - 30 * day)
        let figures = try reader.alarmFigures(from: end - day, to: end, site: nil, basis: FigureReadingTests.basis)
        #expect(figures.report(at: end).whole.annunciated == 0)
    }

    @Test("take alarm events alone, in the range, of the site asked for, and what stands")
    func reading() throws {
        let standing = Alarm(
            subject: AlarmSubject(site: "shengli", object: "P-3", condition: .high), episode: ULID(high: 9, low: 9),
            machine: AlarmMachine(state: .unacknowledged), priority: .high, receivedAt: 0,
            raisedAt: FigureReadingTests.start - 100 * 86_400_000)
        let fixture = try FigureReadingTests.fixture(
            [
                FigureReadingTests.event(1, "alarm.raised", at: -5),
                FigureReadingTests.event(2, "alarm.raised", at: 5, object: "P-1"),
                FigureReadingTests.event(3, "escalation.due", at: 6, object: "P-1"),
                FigureReadingTests.event(4, "alarm.late", at: 7, object: "P-1"),
                FigureReadingTests.event(5, "alarm.raised", at: 8, site: "dongxin"),
                // As the test fixtures of old have it: without what an alarm's data must say.
                StoreFixture.event(6),
                FigureReadingTests.event(7, "alarm.acknowledged", at: 60_000, object: "P-1", state: .acknowledged),
            ], standing: [standing])
        let reader = try StateReader(fixture.folder)
        let (from, to) = (FigureReadingTests.start, FigureReadingTests.start + 600_000)
        let all = try reader.alarmFigures(from: from, to: to, site: nil, basis: FigureReadingTests.basis).report(at: to)
        #expect(all.events == 3)
        #expect(all.whole.annunciated == 2)
        #expect(all.sites.map(\.name) == ["dongxin", "shengli"])
        #expect(all.whole[.medianAcknowledgement]?.value == 59_995, "of one it is the longest, too")
        #expect(all.whole.stale.map(\.subject) == ["shengli/P-3/H"])
        let one = try reader.alarmFigures(from: from, to: to, site: "dongxin", basis: FigureReadingTests.basis).report(
            at: to)
        #expect(one.whole.annunciated == 1 && one.whole.stale.isEmpty && one.sites.map(\.name) == ["dongxin"])
    }

    @Test("since ten minutes before a standing FLOOD, or else the last event, are what a start counts floods by")
    func annunciations() throws {
        let flood = Alarm(
            subject: AlarmSubject(site: "_node", object: "n1", condition: .flood), episode: ULID(high: 9, low: 9),
            machine: AlarmMachine(state: .unacknowledged), priority: .medium, receivedAt: FigureReadingTests.start,
            raisedAt: FigureReadingTests.start + 1_000_000)
        let events = [
            FigureReadingTests.event(1, "alarm.raised", at: 399_999, object: "P-0"),
            FigureReadingTests.event(2, "alarm.raised", at: 400_000, object: "P-1"),
            FigureReadingTests.event(3, "alarm.acknowledged", at: 500_000, object: "P-1", state: .acknowledged),
            FigureReadingTests.event(4, "escalation.due", at: 500_001, object: "P-1"),
            FigureReadingTests.event(5, "alarm.raised", at: 999_999, object: "P-2"),
            FigureReadingTests.event(6, "alarm.raised", at: 3_000_000, object: "P-3"),
        ]
        let inFlood = try FigureReadingTests.fixture(events, standing: [flood]).database.load().annunciations
        #expect(inFlood.map(\.subject) == ["shengli/P-1/H", "shengli/P-2/H", "shengli/P-3/H"])
        #expect(inFlood.map(\.time) == [400_000, 999_999, 3_000_000].map { FigureReadingTests.start + $0 })
        #expect(inFlood.map(\.source) == ["TF-1", "TF-1", "TF-1"])
        let calm = try FigureReadingTests.fixture(events).database.load().annunciations
        #expect(calm.map(\.subject) == ["shengli/P-3/H"])
        #expect(try StoreFixture().database.load().annunciations.isEmpty)
    }

    @Test("go on where they were, over more events than are read at once")
    func feeding() throws {
        let count: Int64 = 45_000
        let fixture = try FigureReadingTests.fixture(
            (1...count).map { FigureReadingTests.event($0, "alarm.raised", at: $0 * 1_000) })
        let reader = try StateReader(fixture.folder)
        var figures = AlarmFigures(from: FigureReadingTests.start, basis: FigureReadingTests.basis)
        #expect(try reader.feed(&figures, after: 0) == count)
        #expect(figures.report(at: .max - 1).whole.annunciated == Int(count))
        var effects = Effects()
        effects.events = [
            FigureReadingTests.event(count + 1, "alarm.raised", at: count * 1_000 + 1),
            FigureReadingTests.event(count + 2, "gateway.offline", at: count * 1_000 + 2),
        ]
        try fixture.commit(effects)
        #expect(try reader.feed(&figures, after: count) == count + 2, "events of other kinds are passed over once")
        #expect(try reader.feed(&figures, after: count + 2) == count + 2)
        #expect(figures.report(at: .max - 1).whole.annunciated == Int(count + 1))
        #expect(figures.live(at: FigureReadingTests.start + count * 1_000 + 1).recent == 601)
    }
}
