import Settings

/// Who of a tier is told by name.
package enum NotifyTarget: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case roster
    }

    /// One of the persons answerable for the site's hazard sources.
    case responsible(Responsible.Role)
    /// The deputies of those named beside it.
    case deputies
    /// Whoever is on duty by that roster.
    case roster(String)

    static let deputiesWord = "deputies"

    /// The words that stand for a target that is no roster.
    static let words = Responsible.Role.allCases.map(\.rawValue) + [deputiesWord]

    /// Reads one of these words; nil if it is anything else.
    init?(word: String) {
        if let role = Responsible.Role(rawValue: word) {
            self = .responsible(role)
        } else if word == NotifyTarget.deputiesWord {
            self = .deputies
        } else {
            return nil
        }
    }
}
