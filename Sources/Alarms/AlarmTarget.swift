package import Telemetry

/// Alarms that a command is about whether they stand or not: `site/object/CONDITION`, or `site/object` for all of an object.
package struct AlarmTarget: Hashable, Sendable, CustomStringConvertible {
    package let site: String
    package let object: String
    /// Nil for every condition of the object.
    package let condition: Condition?

    package init(site: String, object: String, condition: Condition? = nil) {
        self.site = site
        self.object = object
        self.condition = condition
    }

    /// Reads `site/object` or `site/object/CONDITION`; nil if it is anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        site = String(parts[0])
        object = String(parts[1])
        condition = parts.count == 3 ? Condition(name: String(parts[2])) : nil
        guard parts.count == 2 || condition != nil else { return nil }
    }

    package var description: String { "\(site)/\(object)" + (condition.map { "/" + $0.name } ?? "") }

    package func covers(_ subject: AlarmSubject) -> Bool {
        subject.site == site && subject.object == object && (condition == nil || subject.condition == condition)
    }
}
