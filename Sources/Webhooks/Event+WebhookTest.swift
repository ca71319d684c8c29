package import Alarms
package import Telemetry

extension Event {
    /// The CloudEvents type of an event that only tries a target.
    package static let webhookTestType = "hazard.webhook.test.v1"

    /// An event that says nothing and is not part of the log: its sequence is 0.
    /// - Parameters:
    ///   - name: the target's.
    ///   - now: UTC milliseconds.
    package init(webhookTest name: String, node: String, at now: Int64, using random: inout RandomState) {
        var data = JSONText()
        data.member("node", node)
        data.member("webhook", name)
        self.init(
            node: node, sequence: 0, previous: nil, id: ULID(time: now, random: &random), type: Event.webhookTestType,
            site: "_node", subject: "_node/\(node)", time: now, data: data.object)
    }
}
