package import Telemetry

/// What an alarm is about: `site/object/CONDITION`, unique within a node.
package struct AlarmSubject: Hashable, Sendable, CustomStringConvertible {
    package let site: String
    package let object: String
    package let condition: Condition

    package init(site: String, object: String, condition: Condition) {
        self.site = site
        self.object = object
        self.condition = condition
    }

    /// Reads `site/object/CONDITION`; nil if it is anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, let condition = Condition(name: String(parts[parts.count - 1])) else { return nil }
        site = String(parts[0])
        object = parts[1..<(parts.count - 1)].joined(separator: "/")
        self.condition = condition
    }

    /// Another condition of the same object.
    package func beside(_ condition: Condition) -> AlarmSubject {
        AlarmSubject(site: site, object: object, condition: condition)
    }

    package var description: String { "\(site)/\(object)/\(condition.name)" }

    /// The site's name for alarms of the node itself.
    package static let nodeSite = "_node"
    /// The site's name for alarms of a gateway that serves several sites.
    package static let sharedGatewaySite = "_gateways"
}
