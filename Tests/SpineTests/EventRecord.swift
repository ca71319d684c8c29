import Foundation
import TestKit

/// A CloudEvent of the node, as the tests look at it.
struct EventRecord: Decodable {
    /// An event's data; that of an alarm's events is the alarm as it then stood.
    struct Details: Decodable {
        let episode: String?
        let site: String?
        let point: String?
        let object: String?
        let condition: String?
        let priority: String?
        let state: String?
        let suppression: String?
        let value: Double?
        let limit: Double?
        let sampledAt: Int64?
        let receivedAt: Int64?
        let actor: String?
        let comment: String?
        let tier: String?
        let cause: String?
        let firstOut: String?
    }

    let id: String
    let source: String
    let type: String
    let subject: String
    let time: String
    let sequence: String
    let previous: String?
    let data: Details

    init(_ json: Data) throws {
        do {
            self = try EventRecord.decoder.decode(EventRecord.self, from: json)
        } catch {
            throw TestKitError("no event: \(String(decoding: json, as: UTF8.self)): \(error)")
        }
    }

    static let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }()

    var number: Int64 { Int64(sequence) ?? -1 }
    var isAlarm: Bool { type.hasPrefix("hazard.alarm.") }
    /// `raised` of `hazard.alarm.raised.v1`.
    var kind: String { type.split(separator: ".").dropLast().last.map { String($0) } ?? type }
    /// What happened, in a word or two: `raised`, `due township`, `gateway offline`.
    var word: String {
        let family = type.split(separator: ".").dropFirst().first ?? ""
        switch family {
        case "alarm": return kind
        case "escalation": return "\(kind) \(data.tier ?? "")"
        default: return "\(family) \(kind)"
        }
    }

    /// The site whose topic it goes to.
    var topicSite: String { subject.split(separator: "/").first.map { String($0) } ?? "" }

    /// `time` in UTC milliseconds.
    var milliseconds: Int64 {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let date = try? style.parse(time) else { return .min }
        return Int64((date.timeIntervalSince1970 * 1_000).rounded())
    }
}
