import Alarms

/// The types of events by the short names that rule tests use.
enum EventType {
    static let families: Set<String> = ["alarm", "escalation", "gateway", "config", "node"]

    /// What the word of an alarm's event may be.
    static var valid: String {
        AlarmEventKind.allCases.map(\.rawValue).joined(separator: ", ") + ", or such as escalation.cancelled"
    }

    /// `raised` is `hazard.alarm.raised.v1`, `escalation.cancelled` is `hazard.escalation.cancelled.v1`; nil for
    /// anything else.
    static func named(_ word: String) -> String? {
        if let kind = AlarmEventKind(rawValue: word) { return kind.type }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 2, families.contains(String(parts[0])), parts.allSatisfy({ !$0.isEmpty }) else {
            return nil
        }
        return "hazard.\(word).v1"
    }
}
