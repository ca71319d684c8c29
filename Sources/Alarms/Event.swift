package import Telemetry

/// One entry of the node's event log, with its CloudEvents 1.0 body in structured JSON
/// (`schemas/event.schema.json`).
package struct Event: Sendable, Hashable {
    /// The node's gap-free count of all events, from 1.
    package let sequence: Int64
    /// The CloudEvents `type`, such as `hazard.alarm.raised.v1`.
    package let type: String
    /// The site whose event topic it goes to.
    package let site: String
    package let subject: String
    /// UTC milliseconds.
    package let time: Int64
    /// Where an escalation that became due goes, `tier/area…/site`; nil for every other event.
    package let route: String?
    /// The CloudEvent.
    package let body: String

    package init(
        sequence: Int64, type: String, site: String, subject: String, time: Int64, route: String?, body: String
    ) {
        self.sequence = sequence
        self.type = type
        self.site = site
        self.subject = subject
        self.time = time
        self.route = route
        self.body = body
    }

    /// Composes the envelope around `data`.
    package init(
        node: String, sequence: Int64, previous: Int64?, id: ULID, type: String, site: String, subject: String,
        time: Int64, route: String? = nil, data: JSONText
    ) {
        var json = JSONText(room: data.count + Event.envelope)
        json.member("specversion", "1.0")
        json.member("id", id)
        json.member("source", "/hazardd/" + node)
        json.member("type", type)
        json.member("subject", subject)
        json.member("time", TimestampText.utc(time))
        json.member("sequence", Event.padded(sequence))
        if let previous { json.member("previous", Event.padded(previous)) }
        json.member("datacontenttype", "application/json")
        json.member("data", data)
        self.init(
            sequence: sequence, type: type, site: site, subject: subject, time: time, route: route, body: json.object)
    }

    /// What the members besides the data take, mostly.
    private static let envelope = 512

    /// The same around data that is written already, as a JSON object.
    package init(
        node: String, sequence: Int64, previous: Int64?, id: ULID, type: String, site: String, subject: String,
        time: Int64, route: String? = nil, data: String
    ) {
        self.init(
            node: node, sequence: sequence, previous: previous, id: id, type: type, site: site, subject: subject,
            time: time, route: route, data: JSONText(object: data))
    }

    /// The 20-digit form that sorts as text.
    package static func padded(_ sequence: Int64) -> String {
        unsafe String(unsafeUninitializedCapacity: 20) { text in
            unsafe text.initialize(repeating: UInt8(ascii: "0"))
            unsafe text.putDigits(of: sequence, before: 20)
            return 20
        }
    }
}
