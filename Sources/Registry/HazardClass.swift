import Settings

/// A hazard class of a standards profile, for substances that it does not name.
package struct HazardClass: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case name = "class"
        case critical = "critical_t"
        case beta
    }

    /// Such as `J1`; `W1.x` stands for `W1.1`, `W1.2` and so on.
    package var name: String
    /// Tonnes; nil where the profile has none.
    package var critical: Figure?
    package var beta: Figure?

    /// Whether a class written in a site file is this one.
    func covers(_ written: String) -> Bool {
        guard name.hasSuffix(".x") else { return written == name }
        let family = name.dropLast()
        let number = written.dropFirst(family.count)
        return written.hasPrefix(family) && !number.isEmpty && number.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
