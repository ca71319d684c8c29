import Alarms
import Registry
import Telemetry

/// INVENTORY: a hazard source holds more of a substance than it was designed for. Several substances of one source can be
/// measured, each by its own point; the alarm stands while any of them is too much.
extension Engine {
    /// The points that measure the substances of a hazard source.
    func inventoryPoints(of subject: AlarmSubject) -> [Int] {
        inventories.filter { registry.sites[$0.value.site].name == subject.site && $0.value.source == subject.object }
            .map(\.key).sorted()
    }

    /// Ends what one point has to say; the alarm turns to another of the source's points that still has too much.
    /// - Returns: whether there is one.
    func yieldInventory(_ point: Int) -> Bool {
        let subject = pointSubject(point, .inventory)
        let other = inventoryPoints(of: subject).first { other in
            other != point && points.rule(other, .inventory).map { points.rules[$0].isActive } ?? false
        }
        guard let other, var alarm = alarms[subject] else { return false }
        name(other, in: &alarm)
        alarm.value = points[other].lastValue
        alarm.limit = inventories[other]?.maximum
        alarm.sampledAt = points[other].lastTime
        alarm.cause = inventories[other]?.substance
        store(alarm)
        return true
    }

    /// Has the alarm speak of one of its source's points.
    func name(_ point: Int, in alarm: inout Alarm) {
        let context = pointContext(point, .inventory)
        (alarm.point, alarm.unit, alarm.consequence, alarm.action) =
            (context.point, context.unit, context.consequence, context.action)
    }

    /// Takes up a standing alarm: the point that it names, and those that showed too much when last heard, have a part
    /// in it, which each ends by its next good value.
    /// - Returns: false if the registry has no such alarm any more.
    func restoreInventory(_ alarm: Alarm) -> Bool {
        let measuring = inventoryPoints(of: alarm.subject)
        let hasNamed = measuring.contains { registry.points[$0].name == alarm.point }
        for point in measuring {
            guard let rule = points.rule(point, .inventory) else { continue }
            let isNamed = registry.points[point].name == alarm.point
            let isAbove =
                points[point].lastTime != .min && !Quality(rawValue: points[point].lastQuality).isBad
                && points[point].lastValue > points.rules[rule].limit - points.rules[rule].deadband
            let isActive = alarm.state.isActive && (isNamed || isAbove || !hasNamed)
            points.rules[rule].isActive = isActive
            points.rules[rule].isTrue = isActive
            if isNamed, alarm.limit != points.rules[rule].limit { changedRules.insert(rule) }
        }
        return !measuring.isEmpty
    }
}
