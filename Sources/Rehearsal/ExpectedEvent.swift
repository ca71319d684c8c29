import Settings

/// An event that a rule test wants to come.
struct ExpectedEvent: Sendable, Hashable {
    let line: Int
    /// The CloudEvents `type`.
    let type: String
    /// `SITE/OBJECT/CONDITION`
    let subject: String
    /// Members of the event's data and what they must be.
    var members: [String: String] = [:]
    /// When, milliseconds since the start; nil for at any time since the check before.
    var at: Int64?

    func matches(_ occurrence: Occurrence) -> Bool {
        type == occurrence.type && subject == occurrence.subject && at.map { $0 == occurrence.at } ?? true
            && members.allSatisfy { name, value in
                occurrence.members[name].map { ExpectedEvent.isSame(value, $0) } ?? (value == Occurrence.none)
            }
    }

    private static func isSame(_ wanted: String, _ found: String) -> Bool {
        if wanted == found { return true }
        guard let wanted = DecimalText.value(wanted), let found = DecimalText.value(found) else { return false }
        return wanted == found
    }

    /// As a test would write it.
    func text(_ names: SubjectNames) -> String {
        var words = [EventWords.text(type: type, subject: names.short(subject), tier: members["tier"])]
        for (name, value) in members.sorted(by: { $0.key < $1.key }) where name != "tier" {
            words.append(name == "priority" ? value : "\(name)=\(EventWords.quotedIfNeeded(value))")
        }
        if let at { words.append("at \(OffsetText.text(at))") }
        return words.joined(separator: " ")
    }
}
