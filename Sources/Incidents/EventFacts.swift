import Foundation

/// What the body of an event says, as far as a capsule goes by it.
struct EventFacts: Decodable, Sendable {
    struct Details: Decodable, Sendable {
        var episode: String?
        var source: String?
        var point: String?
        var condition: String?
        var priority: String?
        var state: String?
        var value: Double?
        var unit: String?
        var limit: Double?
        var raisedAt: Int64?
        var sampledAt: Int64?
        var actor: String?
        var comment: String?
        var tier: String?
        var cause: String?
        var fingerprint: String?
        var consequence: IncidentSheet.Title?
        var action: IncidentSheet.Title?
    }

    var type: String
    var subject: String
    var time: String
    var sequence: String
    var data: Details

    init(body: some StringProtocol) throws {
        self = try JSONLines.read(EventFacts.self, body)
    }

    /// UTC milliseconds.
    var milliseconds: Int64 { UTCText.milliseconds(time) ?? 0 }
    var number: Int64 { Int64(sequence) ?? 0 }
    var site: String { String(subject.prefix { $0 != "/" }) }
    /// `raised` of `hazard.alarm.raised.v1`.
    var kind: String { type.split(separator: ".").dropLast().last.map { String($0) } ?? type }

    /// Whether the event belongs into a capsule.
    func belongs(to sheet: IncidentSheet) -> Bool {
        if data.episode == sheet.episode { return true }
        return (sheet.site.isEmpty || site == sheet.site) && milliseconds >= sheet.from && milliseconds <= sheet.to
    }
}
