import Registry
import Telemetry

/// DEVIATION: redundant transmitters held against each other at the same time of the source, never one's newest value
/// against the other's last.
extension Engine {
    /// Evaluates the group that a point is in, after the point's value.
    func evaluateGroup(of point: Int, at now: Instant) {
        guard let number = points.group(of: point) else { return }
        let group = registry.redundantGroups[number]
        guard let aligned = alignedValues(of: group, at: now) else { return }
        for (carrier, place) in zip(group.points, group.points.indices) where group.carriers.contains(carrier) {
            guard let rule = points.rule(carrier, .deviation) else { continue }
            let others = aligned.values.indices.filter { $0 != place }.map { aligned.values[$0] }
            let difference = aligned.values[place] - (group.points.count == 2 ? others[0] : middle(of: aligned.values))
            let state = points.rules[rule]
            step(
                carrier, rule, isTrue: abs(difference) >= state.limit,
                holds: abs(difference) >= state.limit - state.deadband, isTrusted: aligned.areGood, difference,
                aligned.time, at: now)
            points.refreshIdle(carrier)
        }
    }

    /// The members' values at the latest time that all of them have reached; nil if there is none that is recent.
    private func alignedValues(
        of group: RedundantGroup, at now: Instant
    ) -> (values: [Double], time: Int64, areGood: Bool)? {
        var areGood = true
        for point in group.points {
            let quality = Quality(rawValue: points[point].lastQuality)
            guard points[point].lastTime != .min, !quality.isBad else { return nil }
            areGood = areGood && quality.isGood
        }
        let gateway = points[group.points[0]].gateway
        guard group.points.allSatisfy({ points[$0].gateway == gateway }) else {
            // Clocks of different gateways are not compared: the newest values are, if all came lately.
            guard group.points.allSatisfy({ now.monotonic - points[$0].lastReceived <= group.within }) else {
                return nil
            }
            let time = group.points.map { points[$0].lastTime }.max() ?? 0
            return (group.points.map { points[$0].lastValue }, time, areGood)
        }
        let time = group.points.map { points[$0].lastTime }.min() ?? 0
        var values: [Double] = []
        for point in group.points {
            guard let value = points.value(point, at: time, within: group.within) else { return nil }
            values.append(value)
        }
        return (values, time, areGood)
    }

    /// The median.
    private func middle(of values: [Double]) -> Double {
        let sorted = values.sorted()
        let half = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    }
}
