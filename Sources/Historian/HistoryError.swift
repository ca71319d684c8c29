/// Why day files cannot be read or written: which file, what was wrong, and what would be right.
package struct HistoryError: Error, Sendable, CustomStringConvertible {
    package enum Kind: Sendable {
        /// The file is damaged, or no day file of this program.
        case damaged
        /// No space is left.
        case full
        case failed
    }

    package let kind: Kind
    package let description: String

    package init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
