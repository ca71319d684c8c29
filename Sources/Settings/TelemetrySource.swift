/// Topics that carry telemetry, and the dialect spoken there.
package struct TelemetrySource: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case topic
        case format
        case timeZone = "timezone"
    }

    /// Dialects this release decodes.
    package enum Format: String, CaseIterable, Sendable {
        case json
    }

    /// Dialects with a place in the design that no release decodes yet.
    static let plannedFormats = ["thingsboard", "sparkplug", "senml", "alink", "hj212"]

    /// An MQTT topic filter with exactly one `+`, the level that names the gateway.
    package var topic: String
    package var format: Format
    /// For times written without a zone; nil follows the settings' `timezone`.
    package var timeZone: String?

    package init(topic: String, format: Format = .json, timeZone: String? = nil) {
        self.topic = topic
        self.format = format
        self.timeZone = timeZone
    }

    package static let standard = TelemetrySource(topic: "hazard/v1/gateways/+/telemetry")

    /// The position, counted from 0, of the topic level that names the gateway.
    package var gatewayLevel: Int {
        topic.split(separator: "/", omittingEmptySubsequences: false).firstIndex(of: "+") ?? 0
    }

    init?(_ section: Section<Key>) {
        let topic = section.required(.topic, valid: TelemetrySource.topicForm).flatMap { TelemetrySource.topic($0) }
        let format = section[.format].map { TelemetrySource.format($0) } ?? .json
        timeZone = section[.timeZone]?.timeZone()
        guard let topic, let format else { return nil }
        self.topic = topic
        self.format = format
    }

    private static let topicForm = "a topic with exactly one level '+', the gateway's name"

    private static func topic(_ field: Field) -> String? {
        guard let topic = field.text(valid: topicForm) else { return nil }
        let levels = topic.split(separator: "/", omittingEmptySubsequences: false)
        let isFilter = levels.enumerated().allSatisfy { place, level in
            if level.contains("#") { return level == "#" && place == levels.count - 1 }
            return !level.contains("+") || level == "+"
        }
        guard isFilter, levels.count(where: { $0 == "+" }) == 1 else {
            field.fault("is \"\(topic)\"", valid: topicForm)
            return nil
        }
        return topic
    }

    private static func format(_ field: Field) -> Format? {
        if case .scalar(let word, _) = field.value, plannedFormats.contains(word) {
            field.fault("is \"\(word)\", a dialect that is not built yet", valid: "json")
            return nil
        }
        return field.choice(Format.self)
    }
}
