import Alarms
import Registry
import Telemetry

/// What rule tests call points and alarms: `LT-101` and `LT-101/HH` where one site only has the name, else with the
/// site before it; gateways, hazard sources and `node` alike.
struct SubjectNames: Sendable {
    /// What a name before a condition stands for.
    enum Match: Sendable, Hashable {
        case site(String)
        case unknown
        case ambiguous([String])
    }

    /// The name of the node itself.
    static let node = "node"

    private(set) var points: [String: [String]] = [:]
    private var gateways: [String: String] = [:]
    private var sources: [String: [String]] = [:]
    private var sites: Set<String> = []
    private var limits: [String: Set<Condition>] = [:]

    init(_ registry: Registry) {
        add(registry)
    }

    /// Knows the names of another registry as well.
    mutating func add(_ registry: Registry) {
        for point in registry.points {
            let site = registry.sites[point.site].name
            SubjectNames.note(site, under: point.name, in: &points)
            limits["\(site)/\(point.name)", default: []].formUnion(point.rules.map(\.condition))
        }
        for gateway in registry.gateways {
            gateways[gateway.name] =
                gateway.sites.count == 1 ? registry.sites[gateway.sites[0]].name : AlarmSubject.sharedGatewaySite
        }
        for site in registry.sites {
            sites.insert(site.name)
            for source in site.hazardSources { SubjectNames.note(site.name, under: source.name, in: &sources) }
        }
    }

    private static func note(_ site: String, under name: String, in table: inout [String: [String]]) {
        if table[name]?.contains(site) != true { table[name, default: []].append(site) }
    }

    var gatewayNames: [String] { gateways.keys.sorted() }

    func site(ofGateway name: String) -> String? { gateways[name] }

    /// A point by `POINT` or `SITE/POINT`.
    func point(_ text: String) -> Match {
        let parts = text.split(separator: "/", maxSplits: 1).map { String($0) }
        if parts.count == 2 { return points[parts[1]]?.contains(parts[0]) == true ? .site(parts[0]) : .unknown }
        return SubjectNames.one(of: points[text] ?? [])
    }

    /// An alarm by `OBJECT/CONDITION` or `SITE/OBJECT/CONDITION`.
    /// - Throws: what is wrong with it, and what would be right.
    func subject(_ text: String) throws(SubjectProblem) -> AlarmSubject {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 2 || parts.count == 3, let word = parts.last, let condition = Condition(name: word) else {
            throw SubjectProblem(
                "\"\(text)\" is no alarm",
                valid: "such as LT-101/HH, with one of "
                    + Condition.allCases.map(\.name).joined(separator: ", "))
        }
        let object = parts[parts.count - 2]
        let given = parts.count == 3 ? parts[0] : nil
        switch object == SubjectNames.node ? .site(AlarmSubject.nodeSite) : match(object, given) {
        case .ambiguous(let sites):
            throw SubjectProblem(
                "\"\(text)\" is ambiguous", valid: sites.map { "\($0)/\(text)" }.joined(separator: ", "))
        case .unknown:
            throw SubjectProblem("\"\(text)\" names nothing that the rules know", valid: known)
        case .site(AlarmSubject.nodeSite):
            return AlarmSubject(site: AlarmSubject.nodeSite, object: Rules.node, condition: condition)
        case .site(let site):
            try check(condition, of: "\(site)/\(object)", text)
            return AlarmSubject(site: site, object: object, condition: condition)
        }
    }

    /// A limit that its point does not have can never alarm.
    private func check(_ condition: Condition, of point: String, _ text: String) throws(SubjectProblem) {
        guard [.highHigh, .high, .low, .lowLow].contains(condition), let known = limits[point],
            !known.contains(condition)
        else { return }
        let valid = known.map(\.name).sorted().joined(separator: ", ")
        throw SubjectProblem("\"\(text)\" has no limit \(condition.name)", valid: "one of its conditions: \(valid)")
    }

    private func match(_ object: String, _ site: String?) -> Match {
        let all = (points[object] ?? []) + (gateways[object].map { [$0] } ?? []) + (sources[object] ?? [])
        guard let site else { return SubjectNames.one(of: Array(Set(all)).sorted()) }
        return all.contains(site) ? .site(site) : .unknown
    }

    private static func one(of sites: [String]) -> Match {
        switch sites.count {
        case 0: .unknown
        case 1: .site(sites[0])
        default: .ambiguous(sites)
        }
    }

    /// The names there are, the first of many.
    var known: String { SubjectNames.list(points.keys.sorted() + gateways.keys.sorted() + sources.keys.sorted()) }
    var knownPoints: String { SubjectNames.list(points.keys.sorted()) }

    private static func list(_ names: [String]) -> String {
        names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " …" : "")
    }

    /// A point as a test would write it.
    func short(point: String) -> String {
        guard let name = point.split(separator: "/").last.map({ String($0) }) else { return point }
        return points[name]?.count == 1 ? name : point
    }

    /// The subject as a test would write it.
    func short(_ subject: String) -> String {
        guard let parsed = AlarmSubject(subject) else { return subject }
        if parsed.site == AlarmSubject.nodeSite { return "\(SubjectNames.node)/\(parsed.condition.name)" }
        guard case .site = match(parsed.object, nil) else { return subject }
        return "\(parsed.object)/\(parsed.condition.name)"
    }
}
