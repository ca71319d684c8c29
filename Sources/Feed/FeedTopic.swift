/// The topics the daemon publishes on and takes commands from.
package enum FeedTopic {
    static let commands = "hazard/v1/commands/"

    static func alarm(_ subject: String) -> String { "hazard/v1/alarms/" + subject }
    static func events(_ site: String) -> String { "hazard/v1/events/" + site }
    static func escalation(_ route: String) -> String { "hazard/v1/escalations/" + route }
    static func reply(_ user: String) -> String { "hazard/v1/replies/" + user }
    package static func status(_ node: String) -> String { "hazard/v1/nodes/\(node)/status" }
    static func heartbeat(_ node: String) -> String { "hazard/v1/nodes/\(node)/heartbeat" }
}
