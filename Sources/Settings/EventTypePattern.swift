/// Which types of events are meant: one, or all that begin alike.
package struct EventTypePattern: Hashable, Sendable, CustomStringConvertible {
    package static let form =
        "an event type such as hazard.alarm.raised.v1, or how types begin, such as hazard.escalation.*"
    package static let all = EventTypePattern(start: "", isOpen: true)

    private static let root = "hazard."

    /// What a type begins with, or all of it.
    private let start: String
    private let isOpen: Bool

    private init(start: String, isOpen: Bool) {
        self.start = start
        self.isOpen = isOpen
    }

    /// Nil for a text that is neither a type of ours, nor how some begin, nor `*` for all.
    package init?(_ text: String) {
        let isOpen = text.last == "*"
        let start = isOpen ? String(text.dropLast()) : text
        let isPlain = start.utf8.allSatisfy {
            $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
        }
        let canMatch = start.hasPrefix(EventTypePattern.root) || text == EventTypePattern.all.description
        guard isPlain, canMatch else { return nil }
        self.init(start: start, isOpen: isOpen)
    }

    /// Reads it from a file, or reports why it cannot.
    package init?(_ field: Field) {
        guard let text = field.text(valid: EventTypePattern.form) else { return nil }
        guard let pattern = EventTypePattern(text) else {
            field.fault("is \"\(text)\"", valid: EventTypePattern.form)
            return nil
        }
        self = pattern
    }

    package func matches(_ type: String) -> Bool {
        isOpen ? type.hasPrefix(start) : type == start
    }

    package var description: String { start + (isOpen ? "*" : "") }
}
