/// The topics the daemon publishes on and takes commands from.
package enum FeedTopic {
    private static let root = "hazard/v1/"
    static let commands = root + "commands/"

    static func alarm(_ subject: String) -> String { "hazard/v1/alarms/" + subject }
    static func events(_ site: String) -> String { "hazard/v1/events/" + site }
    static func escalation(_ route: String) -> String { "hazard/v1/escalations/" + route }
    package static func reply(_ user: String) -> String { "hazard/v1/replies/" + user }

    /// Where a command's answer goes: to the topic its sender asked for (MQTT 5), unless that is one on which only the
    /// daemon itself speaks.
    package static func reply(_ user: String, asked: String) -> String {
        asked.isEmpty || asked.hasPrefix(root) && asked != reply(user) ? reply(user) : asked
    }

    package static func status(_ node: String) -> String { "hazard/v1/nodes/\(node)/status" }
    static func seal(_ node: String) -> String { "hazard/v1/nodes/\(node)/seal" }
    static func heartbeat(_ node: String) -> String { "hazard/v1/nodes/\(node)/heartbeat" }
}
