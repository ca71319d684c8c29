import AlarmFigures
import Alarms
import Telemetry
import Testing

@Suite("Floods in the figures")
struct FloodFigureTests {
    private typealias Log = FigureLog

    @Test("begin with the eleventh alarm in ten minutes, not with the tenth")
    func begins() {
        var log = FigureLog()
        log.raise(10, at: 100)
        #expect(log.report(0, Log.hour).whole.floodCount == 0)
        log.add(.raised, "LT-3", at: 120)
        let flood = log.report(0, Log.hour).whole.floods.first
        #expect(flood?.start == Log.time(120))
        #expect(flood?.firstOut == "shengli/LT-0/H")
        #expect(flood?.firstOutAt == Log.time(100))
        #expect(flood?.count == 11)
        #expect(flood?.subjects.first?.subject == "shengli/LT-3/H")
        #expect(flood?.subjects.first?.count == 2)
    }

    @Test("count what came less than ten minutes ago, to the millisecond")
    func window() {
        var log = FigureLog()
        log.add(.raised, "A", at: 0)
        log.raise(10, at: 590, every: 1)
        log.add(.raised, "B", at: 600)
        #expect(log.report(0, Log.hour).whole[.peak]?.value == 11, "A has left just when B comes")
        log = FigureLog()
        log.add(.raised, "A", at: 0)
        log.raise(9, at: 590, every: 1)
        log.add(.raised, "B", at: 600)
        #expect(log.report(0, Log.hour).whole.floodCount == 0)
        log = FigureLog()
        log.add(.raised, "A", at: 0)
        log.raise(9, at: 590, every: 1)
        log.add(.raised, "B", at: 599.999)
        #expect(log.report(0, Log.hour).whole.floodCount == 1)
    }

    @Test("end when fewer than five came in ten minutes, which is known without a further event")
    func ends() {
        var log = FigureLog()
        log.raise(15, at: 0, every: 10)
        // From 150 s on nothing: the fifth last came at 100 s.
        let whole = log.report(0, Log.hour).whole
        #expect(whole.floods.map(\.start) == [Log.time(100)])
        #expect(whole.floods.map(\.end) == [Log.time(700)])
        #expect(whole.floods.first?.peak == 15)
        #expect(whole[.floodTime]?.value == 600.0 / 3_600)
        #expect(whole[.floodTime]?.verdict == .over)
        // Seen while it goes on.
        let running = log.report(0, 400).whole
        #expect(running.floods.map(\.end) == [nil])
        #expect(running[.floodTime]?.value == 300.0 / 400)
    }

    @Test("go on over a lull that leaves five in ten minutes, and count all of it")
    func lull() {
        var log = FigureLog()
        log.raise(11, at: 0)
        log.raise(5, at: 500, every: 20, prefix: "PT")
        log.raise(3, at: 1_100, every: 1, prefix: "TT")
        let whole = log.report(0, Log.hour).whole
        #expect(whole.floodCount == 1)
        #expect(whole.floods.first?.end == Log.time(1_100), "when the alarm of 500 s left, four were left")
        #expect(whole.floods.first?.count == 16)
    }

    @Test("follow on each other with alarms and first-out of their own")
    func second() {
        var log = FigureLog()
        log.raise(11, at: 0)
        log.raise(4, at: 300, prefix: "PT")
        log.raise(11, at: 620, prefix: "TT")
        let whole = log.report(0, Log.hour).whole
        #expect(whole.floods.map(\.firstOut) == ["shengli/LT-0/H", "shengli/TT-0/H"])
        #expect(whole.floods.map(\.count) == [15, 11])
        #expect(whole.floods.map(\.end) == [Log.time(610), Log.time(1_226)])
    }

    @Test("are those of a site and of an operator position, each by itself")
    func scopes() {
        var positions = PositionMap()
        positions.assign(site: "shengli", source: "TF-2", to: "panel-2")
        positions.assign(site: "dongxin", source: "TF-2", to: "panel-2")
        var log = FigureLog()
        for number in 0..<6 {
            let seconds = Double(number)
            log.add(.raised, "A-\(number)", at: seconds)
            log.add(.raised, "B-\(number)", at: seconds, source: "TF-2")
            log.add(.raised, "C-\(number)", at: seconds, site: "dongxin", source: "TF-2")
        }
        let report = log.report(0, Log.hour, positions: positions)
        #expect(report.positions.map(\.name) == ["panel-2", "shengli"])
        #expect(report.positions.map(\.annunciated) == [12, 6])
        #expect(report.positions.map(\.floodCount) == [1, 0])
        #expect(report.sites.map(\.name) == ["shengli", "dongxin"])
        #expect(report.sites.map(\.annunciated) == [12, 6])
        #expect(report.sites.map(\.positions) == [2, 1])
        #expect(report.whole.positions == 2)
        #expect(report.whole[.peak]?.verdict == nil, "ten in ten minutes are meant for one position")
        #expect(report.positions.map { $0[.peak]?.verdict } == [.over, .ok])
        #expect(report.whole.floodCount == 1)
    }

    @Test("begin anew when the clock was set back by more than ten minutes")
    func clockSetBack() {
        var log = FigureLog()
        log.raise(11, at: 4_000)
        log.raise(5, at: 1_000)
        let whole = log.report(0, 2 * Log.hour).whole
        #expect(whole.annunciated == 16)
        #expect(whole.floods.map(\.end) == [Log.time(4_010)])
        #expect(whole.load.intervals.map(\.count) == [5, 11])
        #expect(whole.load.intervals.map(\.start) == [Log.time(600), Log.time(3_600)])
        // A flood after the step counts by itself, though its times are before the end of the one before.
        log.raise(8, at: 1_005, prefix: "PT")
        let again = log.report(0, 2 * Log.hour).whole
        #expect(again.floodCount == 2 && again.floods.map(\.count) == [11, 13])
        #expect(again.floods.last?.firstOut == "shengli/LT-0/H")
    }

    @Test("show as they are while events come in")
    func live() {
        var log = FigureLog()
        log.raise(11, at: 0)
        log.add(.returned, "LT-0", at: 20)
        log.add(.raised, "LT-0", at: 25)
        var figures = AlarmFigures(from: Log.time(-600), basis: Log.basis())
        for event in log.events { figures.take(event) }
        var live = figures.live(at: Log.time(30))
        #expect(live.recent == 12 && live.most == 12 && live.floods == 1 && live.chattering == 1 && live.stale == 0)
        live = figures.live(at: Log.time(60))
        #expect(live.chattering == 0)
        live = figures.live(at: Log.time(700))
        #expect(live.recent == 0 && live.floods == 0)
        #expect(figures.live(at: Log.time(Log.day + 5)).stale == 5, "LT-1 to LT-5; LT-0 was raised again at 25 s")
    }
}
