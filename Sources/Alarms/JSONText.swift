package import Telemetry

/// Writes JSON in the order it is told, so that the same record is the same bytes every time: events are
/// hashed into the evidence chain.
package struct JSONText: Sendable {
    package private(set) var text = "{"
    private var isFirst = true

    package init() {}

    /// The finished object.
    package var object: String { text + "}" }

    package mutating func member(_ name: String, _ value: String?) {
        key(name)
        if let value { JSONText.quote(value, into: &text) } else { text += "null" }
    }

    package mutating func member(_ name: String, _ value: Int64?) {
        key(name)
        text += value.map { String($0) } ?? "null"
    }

    package mutating func member(_ name: String, _ value: Bool) {
        key(name)
        text += value ? "true" : "false"
    }

    /// A number; not finite becomes null, which JSON has no other word for.
    package mutating func member(_ name: String, _ value: Double?) {
        key(name)
        text += JSONText.number(value)
    }

    package mutating func member(_ name: String, _ value: BilingualText) {
        key(name)
        guard !value.isEmpty else {
            text += "null"
            return
        }
        var inner = JSONText()
        inner.member("zh", value.zh)
        inner.member("en", value.en)
        text += inner.object
    }

    /// A member whose value is JSON already.
    package mutating func member(_ name: String, json: String) {
        key(name)
        text += json
    }

    /// The shortest decimal that reads back as the same double.
    package static func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "null" }
        if value == value.rounded(), abs(value) < 1e15 {
            return value == 0 && value.sign == .minus ? "-0.0" : String(Int64(value))
        }
        return "\(value)"
    }

    /// A text in quotes, as an element of a list is written.
    package static func string(_ value: String) -> String {
        var text = ""
        quote(value, into: &text)
        return text
    }

    private mutating func key(_ name: String) {
        if !isFirst { text += "," }
        isFirst = false
        JSONText.quote(name, into: &text)
        text += ":"
    }

    private static func quote(_ value: String, into text: inout String) {
        text += "\""
        defer { text += "\"" }
        // Nearly every text has nothing to be escaped.
        guard value.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F }) else {
            text += value
            return
        }
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{00}"..."\u{1F}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
