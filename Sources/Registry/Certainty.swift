/// How sure a standard's figure is, by the words of the standards profile.
package enum Certainty: String, CaseIterable, Sendable {
    /// Read at the document itself.
    case read
    /// Copied from a secondary source.
    case secondary
    /// Known by heart and not looked up.
    case memory
    /// Decided by the site itself.
    case site

    /// For people, after the document's name.
    package var words: String {
        switch self {
        case .read: "read at its source"
        case .secondary: "from a secondary copy"
        case .memory: "quoted from memory"
        case .site: "decided by the site"
        }
    }
}
