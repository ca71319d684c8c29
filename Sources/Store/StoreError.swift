/// Why the state cannot be opened, read or written: which file, what was wrong, and what would be right.
package struct StoreError: Error, Sendable, CustomStringConvertible {
    package enum Kind: Sendable {
        /// Another process holds the state directory.
        case locked
        /// The file is not a state database of this program, or is damaged.
        case foreign
        /// There is none.
        case absent
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
