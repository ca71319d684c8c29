import Alarms
package import Registry
package import Telemetry

/// What recorded samples would have alarmed: an engine of its own holds them against the limits of their points, by the
/// rules that live samples meet, and what follows is counted and forgotten.
///
/// Only H, HH, L and LL are tried, each point from normal on; delays run by the samples' own times alone. A sample not
/// newer than its point's last one is left out. Used by one thread.
package final class LimitTrial {
    /// A condition that was raised at least once.
    package struct Finding: Sendable, Hashable {
        package let point: PointIndex
        package let condition: Condition
        /// The time of the sample that raised it first, and of the one that raised it last.
        package let first: Int64
        package fileprivate(set) var last: Int64
        package fileprivate(set) var raises: Int
    }

    private let engine: Engine
    /// Positions in the trial's own registry, by those of the registry in force.
    private let places: [Int: Int]
    private let points: [PointIndex]
    private var found: [Int: Finding] = [:]

    /// - Parameter points: those whose samples will be tried.
    package init(_ registry: Registry, points: [PointIndex]) {
        var own = Registry(sites: registry.sites, points: [], gateways: registry.gateways)
        for gateway in own.gateways.indices { own.gateways[gateway].silence = 0 }
        for index in points {
            var point = registry[index]
            point.staleAfter = 0
            point.rules.removeAll { ![.highHigh, .high, .low, .lowLow].contains($0.condition) }
            own.points.append(point)
        }
        let silent = EscalationPolicy(name: "", tiers: [], climb: [:])
        let policies = Set(registry.sites.map(\.policy) + ["default"]).map { ($0, silent) }
        self.points = points
        places = Dictionary(
            points.enumerated().map { ($1.position, $0) }, uniquingKeysWith: { first, _ in first })
        engine = Engine(
            registry: own,
            options: EngineOptions(
                node: "trial", policies: Dictionary(policies, uniquingKeysWith: { first, _ in first }), futureLimit: 0,
                lagLimit: .max, escalationHold: 0, seed: 0), state: EngineState(), at: Instant(wall: 0, monotonic: 0))
        engine.didCommit()
    }

    /// Conditions that were raised, in the registry's order of points and rules.
    package var findings: [Finding] {
        found.sorted { ($0.value.point, $0.key) < ($1.value.point, $1.key) }.map(\.value)
    }

    package func take(_ sample: ImportedSample) {
        guard let place = places[sample.point.position] else { return }
        take(sample, at: place)
    }

    /// The same for whoever knows the point's place among those given.
    package func take(_ sample: ImportedSample, at place: Int) {
        engine.tryLimits(place, sample.time, sample.value, sample.quality) { rule, condition in
            let fresh = Finding(
                point: points[place], condition: condition, first: sample.time, last: sample.time, raises: 0)
            found[rule, default: fresh].raises += 1
            found[rule]?.last = sample.time
        }
    }
}

extension Engine {
    /// Holds a sample against its point's limits, unless it is not newer than the one before.
    /// - Parameter raised: told of every condition that became active.
    fileprivate func tryLimits(
        _ point: Int, _ time: Int64, _ value: Double, _ quality: Quality,
        _ raised: (_ rule: Int, _ condition: Condition) -> Void
    ) {
        guard time > points[point].lastTime else { return }
        points[point].lastTime = time
        if points[point].isIdle, quality.isGood, value > points[point].quietLow, value < points[point].quietHigh {
            return
        }
        let rules = points.ruleIndices(point)
        var wasActive: UInt32 = 0
        for (bit, rule) in rules.enumerated() where points.rules[rule].isActive { wasActive |= 1 << UInt32(bit) }
        evaluate(
            point, value: value, quality: quality, time: time, mayClear: true, isNew: true,
            at: Instant(wall: time, monotonic: time))
        for (bit, rule) in rules.enumerated()
        where points.rules[rule].isActive && wasActive & 1 << UInt32(bit) == 0 {
            raised(rule, points.rules[rule].condition)
        }
        if !effects.isEmpty { didCommit() }
    }
}
