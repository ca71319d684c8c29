import Alarms
import Decoding
import Pipeline
import Registry
import Settings
import Telemetry

/// One set of rules in a replay: an engine of its own on a clock that the record moves, and the alarms it gave. Used by
/// one thread.
///
/// Its policies tell nobody: what operators did, and so what would have been escalated, is not replayed.
@safe
final class ReplaySide {
    private static let startOfMonotonic: Int64 = 1_000_000
    /// Samples after which what followed from them is forgotten.
    private static let commitEvery = 8_192

    private let engine: Engine
    private let registry: Registry
    /// By the place of a point among those replayed: the position of its gateway, -1 if this registry has no such
    /// point.
    private let gateways: [Int32]
    private let tags: TagMemory
    private let topic = Array("replay".utf8)
    private let gatewayNames: [[UInt8]]
    private let base: Int64
    private var now: Instant
    private var values: [DecodedValue] = []
    private var order: [Int] = []
    private var messages: UInt64 = 0
    private(set) var log = ActivationLog()

    /// - Parameters:
    ///   - names: `SITE/POINT` of the points replayed; no other point can alarm.
    ///   - start: UTC milliseconds.
    init(_ rules: ReplayRules, names: [String], start: Int64) {
        let configuration = rules.configuration
        let (registry, positions) = rules.restricted(to: names)
        self.registry = registry
        gateways = positions.map { $0 < 0 ? -1 : Int32(registry.points[Int($0)].gateway) }
        tags = TagMemory(positions.map { $0 < 0 ? "" : registry.points[Int($0)].tag })
        gatewayNames = registry.gateways.map { Array($0.name.utf8) }
        base = start - ReplaySide.startOfMonotonic
        now = Instant(wall: start, monotonic: ReplaySide.startOfMonotonic)
        let silence = EscalationPolicy(name: "", tiers: [], climb: [:])
        let policies = Set(registry.sites.map(\.policy) + ["default"]).map { ($0, silence) }
        let clock = configuration.settings.clock
        engine = Engine(
            registry: registry,
            options: EngineOptions(
                node: configuration.settings.node,
                policies: Dictionary(policies, uniquingKeysWith: { first, _ in first }),
                futureLimit: clock.futureLimit, lagLimit: clock.lagLimit, escalationHold: 0, seed: 1,
                specialPeriods: configuration.specialPeriods),
            state: EngineState(), at: now)
        engine.didCommit()
    }

    // MARK: What comes in

    /// Takes in samples in the order of their arrival: those of one gateway and instant are one message.
    func take(_ arrivals: ArraySlice<Arrival>) {
        var start = arrivals.startIndex
        while start < arrivals.endIndex {
            let at = arrivals[start].at
            var end = start + 1
            while end < arrivals.endIndex, arrivals[end].at == at { end += 1 }
            advance(to: at)
            receive(arrivals[start..<end])
            start = end
        }
    }

    /// Lets time pass, waking the engine whenever it asks for it, as the daemon does.
    func advance(to wall: Int64) {
        // What was received before its turn comes at once.
        guard wall > now.wall else { return }
        while let deadline = engine.nextDeadline, deadline <= wall - base {
            let moment = max(deadline, now.monotonic)
            now = Instant(wall: base + moment, monotonic: moment)
            engine.advance(to: now)
            note()
        }
        now = Instant(wall: wall, monotonic: wall - base)
    }

    /// Samples of one instant; message after message, each in the order of its times.
    private func receive(_ arrivals: ArraySlice<Arrival>) {
        order.removeAll(keepingCapacity: true)
        for place in arrivals.indices where gateways[Int(arrivals[place].point)] >= 0 { order.append(place) }
        guard !order.isEmpty else { return }
        sortMessages(arrivals)
        var start = 0
        while start < order.count {
            let gateway = gateways[Int(arrivals[order[start]].point)]
            values.removeAll(keepingCapacity: true)
            while start < order.count, gateways[Int(arrivals[order[start]].point)] == gateway {
                values.append(tags.value(arrivals[order[start]]))
                start += 1
            }
            send(Int(gateway))
        }
        engine.advance(to: now)
        note()
    }

    /// Gateway by gateway, and in the order of their times; mostly they are so already.
    private func sortMessages(_ arrivals: ArraySlice<Arrival>) {
        func precedes(_ left: Int, _ right: Int) -> Bool {
            let (one, other) = (gateways[Int(arrivals[left].point)], gateways[Int(arrivals[right].point)])
            return (one, arrivals[left].time, left) < (other, arrivals[right].time, right)
        }
        for place in order.indices.dropFirst() where precedes(order[place], order[place - 1]) {
            order.sort(by: precedes)
            return
        }
    }

    private func send(_ gateway: Int) {
        messages += 1
        let record = [DecodedRecord(sequence: -1, firstValue: 0, valueCount: values.count)]
        // Stands for the payload, of which a message ahead of its time is known again.
        unsafe withUnsafeBytes(of: messages) { payload in
            unsafe topic.withUnsafeBytes { topic in
                unsafe gatewayNames[gateway].withUnsafeBytes { name in
                    unsafe values.withUnsafeBufferPointer { values in
                        unsafe record.withUnsafeBufferPointer { records in
                            unsafe engine.receive(
                                ReceivedMessage(
                                    topic: topic, gateway: name, payload: payload, isRetained: false, records: records,
                                    values: values), at: now)
                        }
                    }
                }
            }
        }
    }

    /// What the daemon lived through besides samples.
    func take(_ turn: RecordedTurn) {
        switch turn.kind {
        case .started:
            // While the daemon was down nobody listened; that was no silence of any source.
            engine.suspendLiveness(at: Instant(wall: turn.at, monotonic: turn.at - base))
            advance(to: turn.at)
        case .brokerLost:
            advance(to: turn.at)
            engine.brokerLost(cause: "connection lost", at: now)
        case .brokerRestored:
            advance(to: turn.at)
            engine.brokerRestored(at: now)
        case .gatewayOffline(let name):
            advance(to: turn.at)
            if let place = registry.gateways.firstIndex(where: { $0.name == name }) {
                engine.gatewayStatus(place, isOnline: false, isRetained: false, at: now)
            }
        case .passed: advance(to: turn.at)
        }
        engine.advance(to: now)
        note()
    }

    // MARK: What follows

    private func note() {
        if !engine.effects.events.isEmpty {
            for event in engine.effects.events { log.take(event) }
            engine.didCommit()
        } else if engine.effects.journal.sampleCount > ReplaySide.commitEvery {
            engine.didCommit()
        }
    }

    func takeOver() -> [Activation] { log.takeOver() }
}
