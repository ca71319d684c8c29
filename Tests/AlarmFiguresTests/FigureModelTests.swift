import AlarmFigures
import Alarms
import Telemetry
import Testing

@Suite("Figures of 100,000 random events")
struct FigureModelTests {
    private static let start: Int64 = FigureLog.start - 30 * 86_400_000
    private static let positions = {
        var positions = PositionMap()
        positions.assign(site: "s0", source: "TF-1", to: "panel")
        positions.assign(site: "s1", source: "TF-1", to: "panel")
        positions.assign(site: "s1", source: "TF-2", to: "panel")
        return positions
    }()

    @Test(
        "are those of a slow recomputation, for everything, each site and each position",
        arguments: [(1, 150), (2, 1_500), (3, 4_000)] as [(UInt64, UInt64)])
    func random(seed: UInt64, phase: UInt64) throws {
        let log = RandomFigureLog(seed: seed, count: 100_000, start: FigureModelTests.start, phase: phase).events
        let last = try #require(log.last?.time)
        // The range begins and ends within the log, on times of events.
        let from = log[10_000].time
        let to = log[90_000].time
        #expect(last > to && to - from > 10 * 86_400_000)
        var figures = AlarmFigures(from: from, to: to, basis: FigureLog.basis(FigureModelTests.positions))
        for event in log { figures.take(event) }
        let report = figures.report(at: last)
        #expect(report.to == to)
        compare(report.whole, FigureModel(log, from: from, to: to) { _ in true })
        #expect(Set(report.sites.map(\.name)) == ["s0", "s1", "s2"])
        for site in report.sites { compare(site, FigureModel(log, from: from, to: to) { $0.site == site.name }) }
        #expect(Set(report.positions.map(\.name)) == ["s0", "s1", "s2", "panel"])
        for position in report.positions {
            compare(
                position,
                FigureModel(log, from: from, to: to) { event in
                    FigureModelTests.positions.position(site: event.site, source: event.source) == position.name
                })
        }
    }

    private func compare(_ scope: ScopeFigures, _ model: FigureModel) {
        let all = model.annunciations
        #expect(scope.annunciated == all.count)
        #expect(scope[.peak]?.value == Double(model.peak))
        let counts = Dictionary(grouping: all, by: \.priority).mapValues(\.count)
        #expect(scope.byPriority == counts)
        let load = model.load
        #expect(Dictionary(uniqueKeysWithValues: scope.load.intervals.map { ($0.start, $0.count) }) == load)
        #expect(scope.load.intervals.map(\.start) == load.keys.sorted())
        #expect(scope.intervalsAbove == load.values.count { $0 > 10 })
        compareFloods(scope, model)
        compareSubjects(scope, model)
    }

    private func compareFloods(_ scope: ScopeFigures, _ model: FigureModel) {
        let floods = model.floods
        #expect(scope.floodCount == floods.count)
        #expect(floods.count > 3)
        let time = floods.reduce(0) { $0 + ($1.end ?? model.to) - $1.start }
        #expect(scope[.floodTime]?.value == Double(time) / Double(model.to - model.from))
        let found = scope.floods.map {
            FigureModel.Flood(start: $0.start, end: $0.end, count: $0.count, peak: $0.peak, firstOut: $0.firstOut)
        }
        #expect(found.allSatisfy { floods.contains($0) })
        guard floods.count <= 100 else {
            let least = found.map(\.count).min() ?? 0
            #expect(found.count >= 100, "100 that are over, and the one that goes on")
            #expect(floods.filter { $0.count > least }.allSatisfy { found.contains($0) }, "those with most are kept")
            return
        }
        #expect(found == floods)
    }

    private func compareSubjects(_ scope: ScopeFigures, _ model: FigureModel) {
        let bySubject = model.bySubject
        let chatter = bySubject.mapValues { model.chattering($0) }.filter { $0.value.stretches > 0 }
        #expect(scope[.chattering]?.value == Double(chatter.count))
        for alarm in scope.chattering {
            #expect(chatter[alarm.subject]?.stretches == alarm.stretches)
            #expect(chatter[alarm.subject]?.transitions == alarm.transitions)
        }
        #expect(scope[.fleeting]?.value == Double(bySubject.values.reduce(0) { $0 + model.fleeting($1) }))
        let answers = bySubject.mapValues { model.acknowledgements($0) }
        let times = answers.values.flatMap(\.times).sorted()
        #expect(scope.acknowledged == times.count)
        #expect(scope.endedUnacknowledged == answers.values.reduce(0) { $0 + $1.ended })
        #expect(scope.unacknowledgedCount == answers.values.count { $0.waiting != nil })
        #expect(scope[.longestAcknowledgement]?.value == times.last.map { Double($0) })
        for (name, part) in [(JudgedFigure.Name.medianAcknowledgement, 0.5), (.slowAcknowledgement, 0.9)] {
            let exact = Double(times[Int((part * Double(times.count)).rounded(.up)) - 1])
            let found = scope[name]?.value ?? -1
            #expect(abs(found - exact) <= exact * 0.005 + 0.5, "\(name): \(found) for \(exact)")
        }
        let stale = model.stale
        #expect(scope[.stale]?.value == Double(stale.most))
        #expect(scope.staleCount == stale.last.count)
        for alarm in scope.stale { #expect(stale.last[alarm.subject] == alarm.since) }
        let counts = Dictionary(grouping: model.annunciations, by: \.subject).mapValues(\.count)
        #expect(scope.mostFrequent.map(\.count) == Array(counts.values.sorted(by: >).prefix(10)))
        for alarm in scope.mostFrequent { #expect(counts[alarm.subject] == alarm.count) }
        let hidden = model.bySubject.values.joined().filter {
            [.suppressed, .shelved, .removedFromService].contains($0.kind)
        }
        let unauthorised = hidden.count { event in
            event.suppression == .suppressedByDesign ? !event.hasCause : !event.hasActor || !event.hasComment
        }
        #expect(scope[.unauthorisedSuppression]?.value == Double(unauthorised))
    }
}
