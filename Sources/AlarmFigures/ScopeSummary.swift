import Alarms
import Registry
import Telemetry

/// Turns what was counted of a scope into its figures.
struct ScopeSummary {
    let figures: AlarmFigures
    let end: Int64

    private static let ownPositions: Set<String> = [AlarmSubject.nodeSite, AlarmSubject.sharedGatewaySite]

    private var targets: AlarmTargets { figures.targets }

    func figures(of scope: Int, members: [Int]) -> ScopeFigures {
        var tally = figures.scopes[scope]
        tally.pass(to: end)
        let heard = Set(members.filter { figures.subjects[$0].annunciated > 0 }.map { figures.subjects[$0].position })
        let positions = heard.filter { !ScopeSummary.ownPositions.contains(figures.scopes[$0].name) }
        var result = ScopeFigures(name: tally.name, positions: positions.count)
        result.annunciated = tally.annunciated
        for priority in Priority.allCases { result.byPriority[priority] = tally.byPriority[Int(priority.rawValue)] }
        for kind in Suppression.allCases where kind != .none {
            result.suppressed[kind] = tally.suppressed[Int(kind.rawValue)]
        }
        result.load = tally.load
        result.intervals = AlarmLoad.number(from: figures.from, to: end)
        result.intervalsAbove = tally.load.intervals.count { $0.count > targets.peak }
        addFloods(tally, &result)
        addLists(members, &result)
        result.acknowledged = tally.acknowledgement.count
        result.endedUnacknowledged = tally.endedUnacknowledged
        result.figures = rates(tally, result) + qualities(tally, result, members)
        return result
    }

    // MARK: Figures

    /// What is recommended for one operator position, and judged only where the scope is one.
    private func rates(_ tally: ScopeTally, _ result: ScopeFigures) -> [JudgedFigure] {
        let isOne = result.positions <= 1
        let length = Double(end - figures.from)
        func average(_ name: JudgedFigure.Name, _ intervals: Double) -> JudgedFigure {
            JudgedFigure(
                name, length > 0 ? Double(tally.annunciated) * intervals * Double(AlarmLoad.length) / length : nil,
                target: targets.average * intervals, limit: targets.mostAverage * intervals, isJudged: isOne)
        }
        let running = tally.running.map { max(0, end - $0.start) } ?? 0
        return [
            average(.averagePerTenMinutes, 1), average(.averagePerHour, 6), average(.averagePerDay, 144),
            JudgedFigure(.peak, Double(tally.peak), limit: Double(targets.peak), isJudged: isOne),
            JudgedFigure(
                .intervalsAbove, share(result.intervalsAbove, result.intervals), limit: targets.intervalsAbove,
                allowsLimit: false, isJudged: isOne),
            JudgedFigure(
                .floodTime, length > 0 ? Double(tally.floodTime + running) / length : nil, limit: targets.floodTime,
                allowsLimit: false, isJudged: isOne),
        ]
    }

    private func qualities(_ tally: ScopeTally, _ result: ScopeFigures, _ members: [Int]) -> [JudgedFigure] {
        let all = tally.annunciated
        let ten = result.mostFrequent.reduce(0) { $0 + $1.count }
        // Of fewer, one alarm of the kind is more than the share aimed at already.
        func enough(_ share: Double, _ number: Double) -> Bool { Double(all) >= number / share }
        let high = (result.byPriority[.high] ?? 0) + (result.byPriority[.critical] ?? 0)
        let fleeting = members.reduce(0) { $0 + figures.subjects[$1].fleeting }
        let chattering = members.count { figures.subjects[$0].chatter.stretches > 0 }
        return [
            JudgedFigure(
                .mostFrequent, share(ten, all), limit: targets.mostFrequent,
                isJudged: enough(targets.mostFrequent, 10)),
            JudgedFigure(.chattering, Double(chattering), limit: 0),
            JudgedFigure(.fleeting, Double(fleeting), limit: 0),
            JudgedFigure(
                .stale, Double(mostStale(members)), limit: Double(targets.stale), allowsLimit: false,
                isJudged: result.positions <= 1),
            JudgedFigure(.lowPriority, share(result.byPriority[.low] ?? 0, all), target: targets.lowShare),
            JudgedFigure(
                .mediumPriority, share(result.byPriority[.medium] ?? 0, all), limit: targets.mediumShare,
                isJudged: enough(targets.highShare, 1)),
            JudgedFigure(
                .highPriority, share(high, all), limit: targets.highShare, isJudged: enough(targets.highShare, 1)),
            JudgedFigure(.medianAcknowledgement, tally.acknowledgement.percentile(0.5).map { Double($0) }),
            JudgedFigure(.slowAcknowledgement, tally.acknowledgement.percentile(0.9).map { Double($0) }),
            JudgedFigure(.longestAcknowledgement, tally.acknowledgement.longest.map { Double($0) }),
            JudgedFigure(.unauthorisedSuppression, Double(tally.unauthorised), limit: 0),
        ]
    }

    private func share(_ part: Int, _ whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }

    /// The most alarms that were stale at once within the range.
    private func mostStale(_ members: [Int]) -> Int {
        let own = Set(members)
        var spells = figures.spells.filter { own.contains($0.subject) }.map { ($0.from, $0.to) }
        for place in members {
            if let begin = figures.subjects[place].staleFrom(after: targets.staleAfter) { spells.append((begin, end)) }
        }
        var changes: [(time: Int64, step: Int)] = []
        for (begin, over) in spells where max(begin, figures.from) < min(over, end) {
            changes.append((max(begin, figures.from), 1))
            changes.append((min(over, end), -1))
        }
        var (now, most) = (0, 0)
        for change in changes.sorted(by: { ($0.time, $0.step) < ($1.time, $1.step) }) {
            now += change.step
            most = max(most, now)
        }
        return most
    }

    // MARK: Lists

    private func addFloods(_ tally: ScopeTally, _ result: inout ScopeFigures) {
        result.floodCount = tally.floodCount
        let all = tally.floods + [tally.running].compactMap { $0 }
        result.floods = all.map { flood in
            var flood = flood
            flood.reduce(to: ScopeTally.floodSubjects)
            let subjects = flood.subjects.map { frequency(Int($0.key), $0.value, of: flood.count) }
            return ScopeFigures.Flood(
                start: flood.start, end: flood.end, count: flood.count, peak: flood.peak,
                firstOut: figures.subjects[Int(flood.firstOut)].name, firstOutAt: flood.firstOutAt,
                subjects: subjects.sorted { ($1.count, $0.subject) < ($0.count, $1.subject) })
        }
    }

    private func addLists(_ members: [Int], _ result: inout ScopeFigures) {
        let all = result.annunciated
        let subjects = members.map { figures.subjects[$0] }
        let frequent = subjects.filter { $0.annunciated > 0 && !$0.isOthers }
            .sorted { ($1.annunciated, $0.name) < ($0.annunciated, $1.name) }
        result.mostFrequent = frequent.prefix(10).map { tally in
            ScopeFigures.Frequency(
                subject: tally.name, count: tally.annunciated, share: share(tally.annunciated, all) ?? 0)
        }
        let chattering = subjects.filter { $0.chatter.stretches > 0 }
            .sorted { ($1.chatter.transitions, $0.name) < ($0.chatter.transitions, $1.name) }
        result.chattering = chattering.prefix(ScopeFigures.listBound).map { tally in
            ScopeFigures.Chatter(
                subject: tally.name, stretches: tally.chatter.stretches, transitions: tally.chatter.transitions,
                latest: tally.chatter.latest ?? 0,
                proposal: ChatterProposal(
                    tally.chatter.record, condition: AlarmSubject(tally.name)?.condition))
        }
        let fleeting = subjects.filter { $0.fleeting > 0 }
            .sorted { ($1.fleeting, $0.name) < ($0.fleeting, $1.name) }
        result.fleeting = fleeting.prefix(ScopeFigures.listBound).map { tally in
            ScopeFigures.Frequency(subject: tally.name, count: tally.fleeting, share: share(tally.fleeting, all) ?? 0)
        }
        let stale = standing(subjects) { tally in
            tally.staleFrom(after: targets.staleAfter).flatMap { $0 < end ? tally.activeSince : nil }
        }
        result.staleCount = stale.count
        result.stale = Array(stale.prefix(ScopeFigures.listBound))
        let waiting = standing(subjects) { $0.pendingSince }
        result.unacknowledgedCount = waiting.count
        result.unacknowledged = Array(waiting.prefix(ScopeFigures.listBound))
    }

    private func standing(
        _ subjects: [SubjectTally], _ since: (SubjectTally) -> Int64?
    ) -> [ScopeFigures.Standing] {
        subjects.compactMap { tally in since(tally).map { ScopeFigures.Standing(subject: tally.name, since: $0) } }
            .sorted { ($0.since, $0.subject) < ($1.since, $1.subject) }
    }

    private func frequency(_ subject: Int, _ count: Int, of all: Int) -> ScopeFigures.Frequency {
        ScopeFigures.Frequency(
            subject: figures.subjects[subject].name, count: count, share: share(count, all) ?? 0)
    }
}
