import AlarmFigures
import Alarms
import Telemetry
import Testing

@Suite("Alarm figures")
struct FigureTests {
    private typealias Log = FigureLog

    @Test("of an empty log are nothing, and nothing is over")
    func empty() {
        let whole = FigureLog().report(0, Log.day).whole
        #expect(whole.annunciated == 0)
        #expect(whole[.averagePerTenMinutes]?.value == 0)
        #expect(whole[.averagePerTenMinutes]?.verdict == .ok)
        #expect(whole[.mostFrequent]?.value == nil)
        #expect(whole[.mostFrequent]?.verdict == nil)
        #expect(whole[.medianAcknowledgement]?.value == nil)
        #expect(whole.figures.allSatisfy { $0.verdict != .over })
        #expect(whole.intervals == 144)
        #expect(whole.floods.isEmpty && whole.mostFrequent.isEmpty && whole.load.intervals.isEmpty)
        #expect(Set(whole.figures.map(\.name)) == Set(JudgedFigure.Name.allCases))
    }

    @Test("count what is told to an operator: raises, re-alarms and releases, nothing suppressed")
    func annunciations() {
        var log = FigureLog()
        log.add(.raised, "A", at: 0)
        log.add(.acknowledged, "A", at: 5)
        log.add(.realarmed, "A", at: 60)
        log.add(.raised, "B", at: 61) { $0.suppression = .suppressedByDesign }
        log.add(.unsuppressed, "B", at: 70)
        log.add(.suppressed, "A", at: 80) { event in
            event.suppression = .suppressedByDesign
            event.hasCause = true
        }
        log.add(.unsuppressed, "A", at: 90, state: .acknowledged)
        log.add(.returned, "A", at: 95)
        log.add(.cleared, "A", at: 95)
        let whole = log.report(0, 600).whole
        #expect(whole.annunciated == 3, "two of A, one of B when it was shown")
        #expect(whole.mostFrequent.map(\.subject) == ["shengli/A/H", "shengli/B/H"])
        #expect(whole.mostFrequent.map(\.count) == [2, 1])
        #expect(whole.suppressed[.suppressedByDesign] == 1)
    }

    @Test("leave exercises out, and the FLOOD alarm's own events")
    func notCounted() {
        var log = FigureLog()
        log.add(.raised, "A", at: 0) { $0.isExercise = true }
        log.add(.raised, "B", at: 1)
        var flood = LoggedEvent(.raised, at: Log.time(2), site: "_node", subject: "_node/n1/FLOOD")
        flood.priority = .medium
        var broker = flood
        broker.subject = "_node/n1/BROKER"
        var figures = AlarmFigures(from: Log.time(0), to: Log.time(600), basis: Log.basis())
        for event in log.events + [flood, broker] { figures.take(event) }
        let report = figures.report(at: Log.time(600))
        #expect(report.events == 2)
        #expect(report.whole.mostFrequent.map(\.subject) == ["_node/n1/BROKER", "shengli/B/H"])
        #expect(report.whole.positions == 1, "the node is no operator position")
    }

    @Test("count an event at the range's beginning, and none at its end")
    func edges() {
        var log = FigureLog()
        for (number, seconds) in [-0.001, 0, 599.999, 600, 1_199.999, 1_200].enumerated() {
            log.add(.raised, "LT-\(number)", at: seconds)
        }
        let whole = log.report(0, 1_200).whole
        #expect(whole.annunciated == 4)
        #expect(whole.load.intervals.map(\.count) == [2, 2])
        #expect(whole.load.intervals.map(\.start) == [Log.time(0), Log.time(600)])
        #expect(whole.intervals == 2)
        #expect(log.report(1, 1_201).whole.intervals == 3, "ten-minute intervals are those of the clock")
        #expect(log.report(599.999, 600.001).whole.intervals == 2)
    }

    @Test("tell rates, their peak in any ten minutes, and which intervals had more than ten")
    func rates() {
        var log = FigureLog()
        log.raise(6, at: 540)
        log.raise(6, at: 600)
        log.raise(11, at: 3_000)
        let whole = log.report(0, Log.hour).whole
        #expect(whole.annunciated == 23)
        #expect(whole[.averagePerHour]?.value == 23)
        #expect(whole[.averagePerTenMinutes]?.verdict == .over)
        #expect(whole[.averagePerTenMinutes]?.target == 1)
        #expect(whole[.averagePerTenMinutes]?.limit == 2)
        #expect(whole[.averagePerDay]?.value == 552)
        #expect(whole[.peak]?.value == 12, "across the interval's boundary")
        #expect(whole[.peak]?.verdict == .over)
        #expect(whole.intervalsAbove == 1)
        #expect(whole[.intervalsAbove]?.value == 1.0 / 6)
    }

    @Test("rank the most frequent with their share, judged once there are enough to judge")
    func frequent() {
        var log = FigureLog()
        for number in 0..<12 { log.add(.raised, "LT-\(number)", at: Double(number) * 700) }
        log.add(.raised, "LT-11", at: 9_000)
        var whole = log.report(0, Log.day).whole
        #expect(whole.mostFrequent.count == 10)
        #expect(whole.mostFrequent.first?.subject == "shengli/LT-11/H")
        #expect(whole.mostFrequent.first?.share == 2.0 / 13)
        #expect(whole[.mostFrequent]?.value == 11.0 / 13)
        #expect(whole[.mostFrequent]?.verdict == nil, "of 13 alarms ten are always more than 5 %")
        for number in 0..<200 { log.add(.raised, "PT-\(number)", at: 10_000 + Double(number) * 100) }
        whole = log.report(0, Log.day).whole
        #expect(whole[.mostFrequent]?.value == 11.0 / 213)
        #expect(whole[.mostFrequent]?.verdict == .over)
    }

    @Test("tell the priorities of what was annunciated")
    func priorities() {
        var log = FigureLog()
        let priorities: [Priority] = [.critical, .high] + Array(repeating: .medium, count: 3)
        for number in 0..<40 {
            log.add(.raised, "LT-\(number)", at: Double(number) * 700) {
                $0.priority = number < priorities.count ? priorities[number] : .low
            }
        }
        let whole = log.report(0, Log.day).whole
        #expect(whole.byPriority == [.critical: 1, .high: 1, .medium: 3, .low: 35])
        #expect(whole[.highPriority]?.value == 0.05)
        #expect(whole[.highPriority]?.verdict == .ok)
        #expect(whole[.mediumPriority]?.value == 0.075)
        #expect(whole[.lowPriority]?.value == 0.875)
        #expect(whole[.lowPriority]?.verdict == nil)
    }

    @Test("find chattering: three transitions within a minute")
    func chattering() {
        var log = FigureLog()
        // 59.999 s from the first to the third: chattering; 60 s: not.
        for (object, third) in [("A", 59.999), ("B", 60.0)] {
            log.add(.raised, object, at: 0)
            log.add(.returned, object, at: 30)
            log.add(.raised, object, at: third)
        }
        // Two stretches of A: the second has four transitions.
        for (kind, seconds) in [
            (AlarmEventKind.returned, 1_000.0), (.raised, 1_010), (.returned, 1_020), (.raised, 1_030),
        ] {
            log.add(kind, "A", at: seconds)
        }
        let whole = log.report(0, Log.hour).whole
        #expect(whole[.chattering]?.value == 1)
        #expect(whole[.chattering]?.verdict == .over)
        #expect(whole.chattering.map(\.subject) == ["shengli/A/H"])
        #expect(whole.chattering.first?.stretches == 2)
        #expect(whole.chattering.first?.transitions == 7)
        #expect(whole.chattering.first?.latest == Log.time(1_030))
    }

    @Test("find fleeting alarms: returned within ten seconds, before anybody acted")
    func fleeting() {
        var log = FigureLog()
        log.add(.raised, "A", at: 0)
        log.add(.returned, "A", at: 10)
        log.add(.raised, "B", at: 0)
        log.add(.returned, "B", at: 10.001)
        log.add(.raised, "C", at: 0)
        log.add(.acknowledged, "C", at: 2)
        log.add(.returned, "C", at: 3, state: .normal)
        let whole = log.report(0, 600).whole
        #expect(whole[.fleeting]?.value == 1)
        #expect(whole.fleeting.map(\.subject) == ["shengli/A/H"])
    }
}
