package import Alarms
import Registry
import Telemetry

/// The figures of an alarm system (ISA-18.2, IEC 62682, EEMUA 191), counted as events come in, in the order of the log.
///
/// A range of time is counted from its beginning, included, to its end, not included. Events before the range and
/// after it tell only how long alarms stand. Events of exercises and the FLOOD alarm's own never count. Memory is
/// bounded: see the constants here, in `ScopeTally` and in `FloodTally`.
package struct AlarmFigures: Sendable {
    /// A stretch of time in which an alarm was stale, UTC milliseconds.
    struct Spell: Sendable {
        let subject: Int
        let from: Int64
        let to: Int64
    }

    /// The most alarms told apart; those beyond are counted together, a sum for each site and operator position.
    package static let subjectBound = 100_000
    /// The most sites, and the most positions, told apart; those beyond are counted together.
    package static let scopeBound = 10_000
    /// The most annunciations counted within ten minutes.
    package static let windowBound = 100_000
    /// The most stretches of staleness kept that are over.
    package static let spellBound = 10_000
    /// The longest range, in milliseconds: ten years, for which a scope's intervals take at most 8 MB.
    package static let longestRange: Int64 = 3_660 * 86_400_000
    /// What stands for those beyond a bound.
    package static let others = "_others"

    package let from: Int64
    package let to: Int64
    package let basis: FigureBasis

    /// Events counted.
    private(set) var events = 0
    /// The latest time of an event counted; while the clock was set back by less than the window, it stands still.
    private(set) var clock = Int64.min
    /// All that was read is the first.
    private(set) var scopes: [ScopeTally]
    private(set) var sites: [String: Int] = [:]
    private(set) var positionScopes: [String: Int] = [:]
    private(set) var subjects: [SubjectTally] = []
    private var numbers: [String: Int] = [:]
    private(set) var spells: [Spell] = []

    /// - Parameters:
    ///   - from: UTC milliseconds.
    ///   - to: UTC milliseconds; left out where events are taken as they happen.
    package init(from: Int64, to: Int64 = .max, basis: FigureBasis) {
        self.from = from
        self.to = to
        self.basis = basis
        scopes = [ScopeTally("", FloodWindow(basis.targets.flood, bound: AlarmFigures.windowBound))]
    }

    var targets: AlarmTargets { basis.targets }

    /// Takes in the next event.
    package mutating func take(_ event: LoggedEvent) {
        guard event.concernsOperators else { return }
        let subject = number(site: event.site, name: event.subject, source: event.source)
        let isCounted = event.time >= from && event.time < to
        if isCounted { events += 1 }
        guard !subjects[subject].isOthers else {
            if isCounted, event.isAnnunciation { annunciate(event, subject) }
            return
        }
        subjects[subject].learn(event)
        guard event.time < to else { return }
        if !event.state.isActive || event.suppression != .none { closeSpell(subject, at: event.time) }
        subjects[subject].follow(event)
        if isCounted { count(event, subject) }
    }

    /// Takes in an alarm that stands now; it tells something only where no event did.
    package mutating func take(standing alarm: Alarm) {
        guard alarm.subject.condition != .flood, alarm.raisedAt < to else { return }
        let subject = number(site: alarm.subject.site, name: alarm.subject.description, source: alarm.source)
        guard !subjects[subject].isKnown, !subjects[subject].isOthers else { return }
        subjects[subject].isKnown = true
        guard alarm.state.isActive else { return }
        subjects[subject].activeSince = alarm.raisedAt
        subjects[subject].shownSince = alarm.suppression == .none ? alarm.raisedAt : nil
    }

    private mutating func count(_ event: LoggedEvent, _ subject: Int) {
        if event.isAnnunciation {
            annunciate(event, subject)
            if subjects[subject].pendingSince == nil { subjects[subject].pendingSince = event.time }
        }
        if event.suppression == .none, event.kind.isTransition {
            subjects[subject].chatter.add(event, within: targets.chatterWindow)
        }
        switch event.kind {
        case .raised: subjects[subject].freshSince = event.isAnnunciation ? event.time : nil
        case .returned:
            if let since = subjects[subject].freshSince, event.time - since <= targets.fleetingWithin {
                subjects[subject].fleeting += 1
            }
            subjects[subject].freshSince = nil
        case .acknowledged:
            if let since = subjects[subject].pendingSince {
                forEachScope(of: subject) { $0.acknowledgement.add(event.time - since) }
            }
            subjects[subject].pendingSince = nil
        case .cleared:
            if subjects[subject].pendingSince != nil { forEachScope(of: subject) { $0.endedUnacknowledged += 1 } }
            subjects[subject].pendingSince = nil
        case .suppressed, .shelved, .removedFromService:
            subjects[subject].pendingSince = nil
            forEachScope(of: subject) { scope in
                scope.suppressed[Int(event.suppression.rawValue)] += 1
                scope.unauthorised += event.isUnauthorisedSuppression ? 1 : 0
            }
        default: break
        }
        if event.kind.isOperatorAction || event.kind.hides { subjects[subject].freshSince = nil }
    }

    private mutating func annunciate(_ event: LoggedEvent, _ subject: Int) {
        if clock > event.time, clock - event.time > FloodRule.window {
            for scope in scopes.indices { scopes[scope].forgetWindow(at: clock) }
            clock = event.time
        }
        clock = max(clock, event.time)
        let now = clock
        subjects[subject].annunciated += 1
        forEachScope(of: subject) { $0.annunciate(Int32(subject), event.priority, at: event.time, clock: now) }
    }

    private mutating func forEachScope(of subject: Int, _ body: (inout ScopeTally) -> Void) {
        body(&scopes[0])
        body(&scopes[subjects[subject].site])
        body(&scopes[subjects[subject].position])
    }

    private mutating func closeSpell(_ subject: Int, at time: Int64) {
        guard let begin = subjects[subject].staleFrom(after: targets.staleAfter), begin < time, time > from,
            spells.count < AlarmFigures.spellBound
        else { return }
        spells.append(Spell(subject: subject, from: begin, to: time))
    }

    /// Lets time pass in every scope.
    mutating func passAll(to time: Int64) {
        for scope in scopes.indices { scopes[scope].pass(to: max(clock, time)) }
    }

    // MARK: Numbers

    private mutating func number(site: String, name: String, source: String) -> Int {
        if let known = numbers[name] {
            if subjects[known].source != source {
                subjects[known].source = source
                subjects[known].position = positionScope(basis.positions.position(site: site, source: source))
            }
            return known
        }
        let siteScope = siteScope(site)
        let position = positionScope(basis.positions.position(site: site, source: source))
        guard subjects.count < AlarmFigures.subjectBound else { return others(siteScope, position) }
        subjects.append(SubjectTally(name, site: siteScope, position: position, source: source))
        numbers[name] = subjects.count - 1
        return subjects.count - 1
    }

    /// What stands for all further alarms of a site and position.
    private mutating func others(_ site: Int, _ position: Int) -> Int {
        // No subject has two slashes side by side.
        let key = "\(site)//\(position)"
        if let known = numbers[key] { return known }
        var tally = SubjectTally(
            scopes[site].name + "/" + AlarmFigures.others, site: site, position: position, source: "")
        tally.isOthers = true
        subjects.append(tally)
        numbers[key] = subjects.count - 1
        return subjects.count - 1
    }

    private mutating func siteScope(_ name: String) -> Int {
        if let known = sites[name] { return known }
        let name = sites.count < AlarmFigures.scopeBound ? name : AlarmFigures.others
        let scope = sites[name] ?? addScope(name)
        sites[name] = scope
        return scope
    }

    private mutating func positionScope(_ name: String) -> Int {
        if let known = positionScopes[name] { return known }
        let name = positionScopes.count < AlarmFigures.scopeBound ? name : AlarmFigures.others
        let scope = positionScopes[name] ?? addScope(name)
        positionScopes[name] = scope
        return scope
    }

    private mutating func addScope(_ name: String) -> Int {
        scopes.append(ScopeTally(name, FloodWindow(targets.flood, bound: AlarmFigures.windowBound)))
        return scopes.count - 1
    }
}
