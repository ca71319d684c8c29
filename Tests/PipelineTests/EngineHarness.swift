import Alarms
import Decoding
import Escalation
import Pipeline
import Registry
import Telemetry

/// An engine with a clock that the test moves, real decoding before it and a store in memory behind it.
final class EngineHarness {
    /// 2026-11-23T07:00:00Z: a whole minute, because late reports count by the minute.
    static let start: Int64 = 29_923_620 * 60_000

    let registry: Registry
    let escalation: EscalationRules
    let periods: [SpecialPeriod]
    let limits: (future: Int64, lag: Int64)
    private(set) var engine: Engine
    private(set) var store: MemoryStore
    /// What happened, one line an event, in order.
    private(set) var lines: [EventLine] = []
    /// Milliseconds since the start.
    private(set) var elapsed: Int64 = 0
    /// Whether to keep effects back until `commit()` is called.
    var holdsCommits = false
    private var now = Instant(wall: EngineHarness.start, monotonic: 1_000_000)
    private var restarts = 0
    private var episodes = EpisodeNumbers()
    private let decoder = TelemetryDecoder(timeZone: "Asia/Shanghai")

    init(
        registry: Registry, policies: [String: EscalationPolicy] = ["default": EngineHarness.silentPolicy],
        duty: DutyPlan = DutyPlan(), grades: SourceGrades = SourceGrades(), periods: [SpecialPeriod] = [],
        futureLimit: Int64 = 300_000, lagLimit: Int64 = 600_000
    ) {
        self.registry = registry
        store = MemoryStore(registry)
        escalation = EscalationRules(policies: policies, duty: duty, grades: grades)
        self.periods = periods
        limits = (futureLimit, lagLimit)
        engine = Engine(
            registry: registry, options: EngineHarness.options(escalation, periods, limits, seed: 1),
            state: EngineState(),
            at: now)
        connect()
    }

    /// Tells nobody, so that a case that is not about escalation shows alarms only.
    static let silentPolicy = EscalationPolicy(name: "default", tiers: ["enterprise"], climb: [:])

    private static func options(
        _ escalation: EscalationRules, _ periods: [SpecialPeriod], _ limits: (future: Int64, lag: Int64),
        seed: UInt64
    ) -> EngineOptions {
        EngineOptions(
            node: "n1", policies: escalation.policies, futureLimit: limits.future, lagLimit: limits.lag,
            escalationHold: 5_000, seed: seed, specialPeriods: periods, duty: escalation.duty,
            grades: escalation.grades, flood: FloodRule(startsAbove: 10, endsBelow: 5))
    }

    private func connect() {
        engine.journalLookup = { [unowned self] point, time in store.value(point, at: time) }
        commit()
    }

    var wall: Int64 { now.wall }

    /// Lets time pass, waking the engine whenever it asks for it, as the daemon does.
    func advance(to target: Int64) {
        while let deadline = engine.nextDeadline {
            let wait = max(0, deadline - now.monotonic)
            guard elapsed + wait <= target else { break }
            move(by: wait)
            engine.advance(to: now)
            settle()
        }
        move(by: target - elapsed)
        engine.advance(to: now)
        settle()
    }

    private func move(by milliseconds: Int64) {
        now = now.advanced(by: milliseconds)
        elapsed += milliseconds
    }

    func perform(_ action: CaseInput.Action) throws {
        switch action {
        case .tick: break
        case .message(let gateway, let payload, let isRetained): receive(gateway, payload, isRetained: isRetained)
        case .status(let gateway, let isOnline, let isRetained):
            guard let place = registry.gateways.firstIndex(where: { $0.name == gateway }) else {
                throw CaseProblem("the case has no gateway \(gateway)")
            }
            engine.gatewayStatus(place, isOnline: isOnline, isRetained: isRetained, at: now)
        case .brokerLost: engine.brokerLost(cause: "connection lost", at: now)
        case .brokerRestored: engine.brokerRestored(at: now)
        case .command(let action, let subject, let comment, let duration, let permit):
            try command(action, subject, comment, duration, permit)
        case .restart(let seconds): restart(downFor: seconds)
        case .setWallClock(let step): now.wall += step
        case .note(let type): engine.note(type, data: "{}", at: now)
        }
        // What falls due at once happens in the same turn.
        engine.advance(to: now)
        settle()
    }

    /// - Returns: whether the message could be decoded.
    @discardableResult
    func receive(_ gateway: String, _ payload: String, isRetained: Bool = false) -> Bool {
        let topic = Array("hazard/v1/gateways/\(gateway)/telemetry".utf8)
        let name = Array(gateway.utf8)
        let bytes = Array(payload.utf8)
        let padded = bytes + [UInt8](repeating: 0x20, count: payloadPadding)
        return unsafe topic.withUnsafeBytes { topic in
            unsafe name.withUnsafeBytes { name in
                unsafe padded.withUnsafeBytes { padded in
                    let payload = unsafe UnsafeRawBufferPointer(rebasing: padded[..<bytes.count])
                    if let fault = unsafe decoder.decode(payload) {
                        unsafe engine.refuse(
                            topic: topic, payload: payload, reason: "unparseable", detail: fault.reason, at: now)
                        return false
                    }
                    unsafe engine.receive(
                        ReceivedMessage(
                            topic: topic, gateway: name, payload: payload, isRetained: isRetained,
                            records: decoder.records, values: decoder.values), at: now)
                    return true
                }
            }
        }
    }

    private func command(
        _ action: OperatorCommand.Action, _ subject: String, _ comment: String?, _ duration: Int64?, _ permit: String?
    ) throws {
        let target: OperatorCommand.Target
        if OperatorCommand.Action.ofAlarms.contains(action) {
            guard let alarms = AlarmTarget(subject) else { throw CaseProblem("\(subject) is no SITE/OBJECT") }
            target = .alarms(alarms)
        } else {
            guard let alarm = engine.standing.first(where: { $0.subject.description == subject }) else {
                throw CaseProblem("no alarm \(subject) stands that could be given the command \(action)")
            }
            target = .episode(alarm.episode)
        }
        _ = engine.execute(
            OperatorCommand(
                action: action, target: target, actor: "li", comment: comment, duration: duration, permit: permit),
            at: now)
    }

    /// Claims for a consumer, and commits.
    func claim(_ claim: EscalationClaim) -> [ClaimedEscalation] {
        let claimed = engine.claim(claim, at: now)
        settle()
        return claimed
    }

    /// Hands in what a consumer says, and commits.
    func report(_ report: LeaseReport) -> [LeaseReport.Outcome] {
        let outcomes = engine.report(report, at: now)
        settle()
        return outcomes
    }

    /// Ends the engine with whatever it has not committed, and builds another from the store.
    func restart(downFor milliseconds: Int64) {
        move(by: milliseconds)
        restarts += 1
        // A boot starts the monotonic clock anew.
        now.monotonic = 5_000 * Int64(restarts)
        engine = Engine(
            registry: registry,
            options: EngineHarness.options(escalation, periods, limits, seed: UInt64(1 + restarts)), state: store.state,
            at: now)
        connect()
    }

    private func settle() {
        if !holdsCommits { commit() }
    }

    func commit() {
        for event in engine.effects.events {
            lines.append(EventLine(event, elapsed: elapsed, episodes: &episodes))
        }
        store.apply(engine.effects, registry: registry) { engine.record(ofGateway: $0) }
        engine.didCommit()
    }
}
