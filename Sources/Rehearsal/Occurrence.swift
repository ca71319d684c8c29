import Alarms
import Foundation

/// An event that came in a rehearsal.
struct Occurrence: Sendable, Hashable {
    /// How a member that is null is written.
    static let none = "none"

    /// Milliseconds since the start.
    let at: Int64
    let type: String
    let subject: String
    /// The members of the event's data that are numbers, texts, flags or null, as text.
    let members: [String: String]

    private struct Body: Decodable {
        let data: [String: Member]
    }

    /// Nil for what is an object or list.
    private struct Member: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() {
                text = Occurrence.none
            } else if let flag = try? value.decode(Bool.self) {
                text = flag ? "true" : "false"
            } else if let number = try? value.decode(Double.self) {
                text = JSONText.number(number)
            } else {
                text = try? value.decode(String.self)
            }
        }
    }

    init(_ event: Event, at elapsed: Int64) {
        at = elapsed
        type = event.type
        subject = event.subject
        let body = try? JSONDecoder().decode(Body.self, from: Data(event.body.utf8))
        members = body?.data.compactMapValues(\.text) ?? [:]
    }

    /// The second part of its type. Events of one alarm come in the order written, each family for itself.
    var family: String { EventWords.family(type) }

    /// As a test would write it, with what tells most.
    func text(_ names: SubjectNames, withTime: Bool = true) -> String {
        var text = EventWords.text(type: type, subject: names.short(subject), tier: members["tier"])
        if family == "alarm" {
            text += members["priority"].map { " \($0)" } ?? ""
            for name in ["value", "cause", "suppression"] {
                guard let value = members[name], value != Occurrence.none else { continue }
                text += " \(name)=\(EventWords.quotedIfNeeded(value))"
            }
        }
        return withTime ? text + " at \(OffsetText.text(at))" : text
    }
}
