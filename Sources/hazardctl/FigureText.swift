import AlarmFigures
import Alarms

extension JudgedFigure {
    /// What the figure is, for people.
    var title: String {
        switch name {
        case .averagePerTenMinutes: "alarms per 10 min, average"
        case .averagePerHour: "alarms per hour, average"
        case .averagePerDay: "alarms per day, average"
        case .peak: "most alarms in any 10 min"
        case .intervalsAbove: "10-min intervals above the peak"
        case .floodTime: "time in flood"
        case .mostFrequent: "load of the ten most frequent"
        case .chattering: "chattering alarms"
        case .fleeting: "fleeting alarms"
        case .stale: "stale alarms at once, most"
        case .lowPriority: "priority low"
        case .mediumPriority: "priority medium"
        case .highPriority: "priority high and critical"
        case .medianAcknowledgement: "time to acknowledge, median"
        case .slowAcknowledgement: "  nine of ten within"
        case .longestAcknowledgement: "  longest"
        case .unauthorisedSuppression: "suppressed without authority"
        }
    }

    var valueText: String { value.map { text($0) } ?? "-" }

    var targetText: String {
        guard let target else { return "-" }
        guard let limit else { return "about " + text(target) }
        if target != limit { return "\(text(target)), at most \(text(limit))" }
        if limit == 0 { return "0" }
        return (allowsLimit ? "at most " : "below ") + text(limit)
    }

    private func text(_ value: Double) -> String {
        switch name {
        case .intervalsAbove, .floodTime, .mostFrequent, .lowPriority, .mediumPriority, .highPriority:
            JSONText.number((value * 1e4).rounded() / 100) + " %"
        case .medianAcknowledgement, .slowAcknowledgement, .longestAcknowledgement:
            value < 10_000
                ? JSONText.number((value / 100).rounded() / 10) + "s" : LocalTime.age(Int64(value))
        default: JSONText.number((value * 100).rounded() / 100)
        }
    }
}
