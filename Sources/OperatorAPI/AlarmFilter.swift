import Alarms
import Hummingbird
import Registry
import Telemetry

/// Which alarms a request wants: `?site=&area=&state=&priority=`, each optional.
struct AlarmFilter: Sendable {
    private let site: String?
    private let area: AreaScope?
    private let state: AlarmState?
    private let priority: Priority?

    init(_ request: Request) throws(Problem) {
        let parameters = request.uri.queryParameters
        site = parameters["site"].map { String($0) }
        area = parameters["area"].map { AreaScope([$0.split(separator: "/").map { String($0) }]) }
        let states = AlarmState.allCases.filter { $0 != .normal }
        state = try AlarmFilter.choice("state", parameters["state"], states, \.name)
        priority = try AlarmFilter.choice("priority", parameters["priority"], Priority.allCases, \.name)
    }

    func passes(_ alarm: Alarm, _ rules: RegistryInForce.Contents) -> Bool {
        (site == nil || site == alarm.subject.site) && (state == nil || state == alarm.state)
            && (priority == nil || priority == alarm.priority)
            && (area.map { rules.isSeen(alarm.subject.site, by: $0) } ?? true)
    }

    private static func choice<Choice>(
        _ parameter: String, _ text: Substring?, _ choices: [Choice], _ name: (Choice) -> String
    ) throws(Problem) -> Choice? {
        guard let text else { return nil }
        guard let choice = choices.first(where: { name($0) == text }) else {
            let valid = choices.map { name($0) }.joined(separator: ", ")
            throw Problem(.badRequest, "\(parameter) is \"\(text)\"; valid: one of \(valid)")
        }
        return choice
    }
}
