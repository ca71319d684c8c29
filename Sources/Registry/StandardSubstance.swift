import Settings

/// A named substance of a standards profile.
package struct StandardSubstance: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case name, aliases
        case critical = "critical_t"
        case beta
    }

    package var name: String
    package var aliases: [String]
    /// Tonnes; nil where the profile has none.
    package var critical: Figure?
    package var beta: Figure?
}
