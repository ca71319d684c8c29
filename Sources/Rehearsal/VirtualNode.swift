import Alarms
import Decoding
import Pipeline
import Registry
import Telemetry

/// The daemon's engine on clocks that are moved by hand, with the real decoder before it and a store in memory behind
/// it: the inputs a daemon gets, one after the other, and what is committed after each. Used by one thread.
final class VirtualNode {
    private(set) var engine: Engine
    private(set) var rules: Rules
    private(set) var state: CommittedState
    /// Milliseconds since the start.
    private(set) var elapsed: Int64 = 0
    private let start: Int64
    private var now: Instant
    private var restarts = 0
    private var seed: UInt64 = 1
    private let decoder: TelemetryDecoder
    /// Told of every commit, with the time since the start.
    private let committed: (_ effects: Effects, _ elapsed: Int64) -> Void

    /// - Parameter start: UTC milliseconds.
    init(
        _ rules: Rules, start: Int64, timeZone: String,
        committed: @escaping (_ effects: Effects, _ elapsed: Int64) -> Void
    ) {
        self.rules = rules
        state = CommittedState(rules.registry)
        self.start = start
        self.committed = committed
        now = Instant(wall: start, monotonic: 1_000_000)
        decoder = TelemetryDecoder(timeZone: timeZone)
        engine = Engine(registry: rules.registry, options: rules.options(seed: seed), state: EngineState(), at: now)
        connect()
    }

    /// What time it really is, whatever the daemon's clock or a source's says; UTC milliseconds.
    var trueTime: Int64 { start + elapsed }

    /// Lets time pass, waking the engine whenever it asks for it, as the daemon does.
    func advance(to target: Int64) {
        while let deadline = engine.nextDeadline {
            let wait = max(0, deadline - now.monotonic)
            guard elapsed + wait <= target else { break }
            move(by: wait)
            engine.advance(to: now)
            commit()
        }
        move(by: target - elapsed)
        turn()
    }

    /// - Returns: whether the message could be decoded.
    func receive(_ gateway: String, _ payload: String) -> Bool {
        let topic = Array("hazard/v1/gateways/\(gateway)/telemetry".utf8)
        let name = Array(gateway.utf8)
        let bytes = Array(payload.utf8)
        let padded = bytes + [UInt8](repeating: 0x20, count: payloadPadding)
        let isDecoded = unsafe topic.withUnsafeBytes { topic in
            unsafe name.withUnsafeBytes { name in
                unsafe padded.withUnsafeBytes { padded in
                    let payload = unsafe UnsafeRawBufferPointer(rebasing: padded[..<bytes.count])
                    guard unsafe decoder.decode(payload) == nil else { return false }
                    unsafe engine.receive(
                        ReceivedMessage(
                            topic: topic, gateway: name, payload: payload, isRetained: false,
                            records: decoder.records, values: decoder.values), at: now)
                    return true
                }
            }
        }
        turn()
        return isDecoded
    }

    /// A message on the gateway's status topic.
    func gatewayStatus(_ name: String, isOnline: Bool) {
        guard let place = rules.registry.gateways.firstIndex(where: { $0.name == name }) else { return }
        engine.gatewayStatus(place, isOnline: isOnline, isRetained: false, at: now)
        turn()
    }

    func setBroker(isLost: Bool) {
        if isLost {
            engine.brokerLost(cause: "connection lost", at: now)
        } else {
            engine.brokerRestored(at: now)
        }
        turn()
    }

    /// Nil where no alarm of this subject stands.
    func execute(_ request: Action.OperatorRequest) -> OperatorCommand.Outcome? {
        let target: OperatorCommand.Target
        if OperatorCommand.Action.ofAlarms.contains(request.action) {
            let subject = request.subject
            target = .alarms(AlarmTarget(site: subject.site, object: subject.object, condition: subject.condition))
        } else {
            guard let alarm = engine.standing.first(where: { $0.subject == request.subject }) else { return nil }
            target = .episode(alarm.episode)
        }
        let outcome = engine.execute(
            OperatorCommand(
                action: request.action, target: target, actor: request.actor, comment: request.comment,
                duration: request.duration, permit: request.permit), at: now)
        turn()
        return outcome
    }

    /// Ends the daemon, and starts another from what was committed.
    func restart(downFor milliseconds: Int64) {
        move(by: milliseconds)
        restarts += 1
        // A boot starts the monotonic clock anew.
        now.monotonic = 5_000 * Int64(restarts)
        rebuild()
        turn()
    }

    /// Steps the daemon's own wall clock.
    func setWallClock(by step: Int64) {
        now.wall += step
        turn()
    }

    /// Goes on under other rules, as after SIGHUP.
    func reload(_ fresh: Rules) {
        state.adopt(fresh.registry, after: rules.registry)
        rules = fresh
        let former = engine
        rebuild()
        engine.carryLiveness(from: former)
        turn()
    }

    private func rebuild() {
        seed += 1
        engine = Engine(
            registry: rules.registry, options: rules.options(seed: seed), state: state.engineState, at: now)
        connect()
    }

    private func connect() {
        engine.journalLookup = { [unowned self] point, time in state.value(point, at: time) }
        commit()
    }

    private func move(by milliseconds: Int64) {
        now = now.advanced(by: milliseconds)
        elapsed += milliseconds
    }

    /// What falls due at once happens in the same turn.
    private func turn() {
        engine.advance(to: now)
        commit()
    }

    private func commit() {
        state.apply(engine.effects, registry: rules.registry) { engine.record(ofGateway: $0) }
        committed(engine.effects, elapsed)
        engine.didCommit()
    }
}
