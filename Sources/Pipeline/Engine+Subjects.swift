import Alarms
import Registry
import Telemetry

/// Which alarms there are: of points, of gateways, and of hazard sources whose stock is measured.
extension Engine {
    /// What an alarm is raised with.
    struct Rule {
        let priority: Priority
        let isLatching: Bool
        let context: AlarmContext
        let limit: Double?
    }

    /// The conditions a gateway can carry, with their priorities.
    static let gatewayPriorities: [(condition: Condition, priority: Priority)] = [
        (.offline, .high), (.clock, .medium), (.gap, .low),
    ]

    /// The registry's alarms that a target is about: the object's as a point, as a gateway, and as a hazard source.
    func subjects(of target: AlarmTarget) -> [AlarmSubject] {
        let point = registry.index(of: target.site + "/" + target.object)?.position
        let conditions = point.map { points.ruleIndices($0).map { points.rules[$0].condition } } ?? []
        let others = Engine.gatewayPriorities.map(\.condition) + [.inventory]
        return conditions.filter { $0 != .inventory }
            .map { AlarmSubject(site: target.site, object: target.object, condition: $0) }.filter(target.covers)
            + others.map { AlarmSubject(site: target.site, object: target.object, condition: $0) }
            .filter { target.covers($0) && rule(of: $0) != nil }
    }

    /// What the registry says of an alarm; nil if it knows none of this name.
    func rule(of subject: AlarmSubject) -> Rule? {
        switch subject.condition {
        case .inventory:
            guard let point = inventoryPoints(of: subject).first, let rule = points.rule(point, .inventory) else {
                return nil
            }
            return pointRule(point, rule)
        case .offline, .clock, .gap:
            guard registry.gateways.indices.contains(where: { gatewaySubject($0, subject.condition) == subject }),
                let known = Engine.gatewayPriorities.first(where: { $0.condition == subject.condition })
            else { return nil }
            return Rule(priority: known.priority, isLatching: false, context: AlarmContext(), limit: nil)
        default:
            guard let point = registry.index(of: subject.site + "/" + subject.object)?.position,
                let rule = points.rule(point, subject.condition)
            else { return nil }
            return pointRule(point, rule)
        }
    }

    private func pointRule(_ point: Int, _ place: Int) -> Rule {
        let rule = points.rules[place]
        return Rule(
            priority: rule.priority, isLatching: rule.isLatching, context: pointContext(point, rule.condition),
            limit: rule.limit.isNaN ? nil : rule.limit)
    }

    /// The alarm of a point's condition; INVENTORY is its hazard source's.
    func pointSubject(_ point: Int, _ condition: Condition) -> AlarmSubject {
        let entry = registry.points[point]
        let object = condition == .inventory ? inventories[point]?.source ?? entry.source : entry.name
        return AlarmSubject(site: registry.sites[entry.site].name, object: object, condition: condition)
    }

    func pointContext(_ point: Int, _ condition: Condition) -> AlarmContext {
        let entry = registry.points[point]
        return AlarmContext(
            source: condition == .inventory ? inventories[point]?.source ?? entry.source : entry.source,
            point: entry.name, unit: entry.unit.isEmpty ? nil : entry.unit, consequence: entry.consequence,
            action: entry.action)
    }
}
