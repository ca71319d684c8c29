/// How rule tests put the types of events into words.
enum EventWords {
    /// `alarm`, `escalation`, `gateway` …: the second part of a type.
    static func family(_ type: String) -> String {
        let parts = type.split(separator: ".")
        return parts.count > 1 ? String(parts[1]) : type
    }

    /// The last word of a type, such as `raised`.
    static func kind(_ type: String) -> String {
        let parts = type.split(separator: ".")
        return parts.count > 2 ? parts[2..<(parts.count - 1)].joined(separator: ".") : type
    }

    static func text(type: String, subject: String, tier: String?) -> String {
        switch (family(type), kind(type)) {
        case ("alarm", let kind): return "\(subject) \(kind)"
        case ("escalation", "due"): return "\(tier ?? "?") told of \(subject)"
        case ("escalation", "cancelled"): return "\(tier ?? "?") no longer told of \(subject)"
        case ("gateway", let kind): return "\(subject.split(separator: "/").dropLast().last ?? "") \(kind)"
        case (let family, let kind): return "\(subject) \(family).\(kind)\(tier.map { " tier=\($0)" } ?? "")"
        }
    }

    static func quotedIfNeeded(_ text: String) -> String {
        text.contains(" ") || text.isEmpty ? "\"\(text)\"" : text
    }
}
